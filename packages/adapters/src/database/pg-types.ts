import { InvariantError } from '@plimsoll/kernel';
import type { CustomTypesConfig } from 'pg';
import type { Cell } from './session.ts';

const oids = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23 };

/**
 * How `pg` reads columns, the same for both engines: whole numbers as numbers, `bytea` as bytes,
 * everything else as the text PostgreSQL wrote. Nothing exact becomes a float or a `Date` by chance.
 */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number) => {
    if (oid === oids.bool) return (value: string) => value === 't';
    if (oid === oids.bytea) return readBytes;
    if (oid === oids.int8 || oid === oids.int4 || oid === oids.int2) return readInteger;
    return (value: string) => value;
  }) as CustomTypesConfig['getTypeParser'],
};

function readInteger(value: string): Cell {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new InvariantError(`${value} is too large a number`);
  return number;
}

/** PostgreSQL writes `bytea` as `\x` and hexadecimal digits. */
function readBytes(value: string): Cell {
  const pooled = Buffer.from(value.slice(2), 'hex');
  // Small buffers are cut from a shared pool, which would travel whole between threads.
  return pooled.byteLength === pooled.buffer.byteLength
    ? new Uint8Array(pooled.buffer)
    : new Uint8Array(pooled);
}
