import { createHash } from 'node:crypto';
import type { RunOutcome } from '@plimsoll/analytics/runs';
import { canonicalJson, type Json } from '@plimsoll/kernel';

type Column = Float64Array | Int32Array;

/**
 * SHA-256, hex, of what a run gave: of a backtest its equity, fills and orders, column by column, each
 * with its name and length before its bytes (little-endian, every NaN as one); of anything else its
 * report as canonical JSON. The same inputs give the same, on any machine.
 */
export function resultHash({ result, report }: RunOutcome): string {
  const hash = createHash('sha256');
  if (result === null)
    return hash
      .update(canonicalJson(JSON.parse(JSON.stringify(report ?? null)) as Json))
      .digest('hex');
  const add = (name: string, column: Column): void => {
    hash.update(`${name} ${column.length}\n`).update(bytesOf(column));
  };
  add('at', result.at);
  add('equity', result.equity);
  for (const [name, column] of Object.entries(result.fills)) add(`fills.${name}`, column as Column);
  hash.update(canonicalJson(result.instrumentIds));
  // Through JSON, which has no NaN: what an order never had is null.
  hash.update(canonicalJson(JSON.parse(JSON.stringify(result.orders)) as Json));
  return hash.digest('hex');
}

/** There are many NaNs and two zeros; which of them a machine gives says nothing. */
function bytesOf(column: Column): Uint8Array {
  const plain = column instanceof Float64Array ? column.map(settled) : column;
  return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength);
}

function settled(value: number): number {
  if (value === 0) return 0;
  return Number.isNaN(value) ? Number.NaN : value;
}
