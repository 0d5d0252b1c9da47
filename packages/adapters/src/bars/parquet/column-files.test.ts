import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openColumnFiles } from './column-files.ts';
import { Duck, quoted } from './duck.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-columns-'));
const files = openColumnFiles();
const duck = new Duck({ threads: 1 });
afterAll(async () => {
  await files.close();
  await duck.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What another reader of Parquet sees. */
const rowsOf = (bytes: Uint8Array): Promise<unknown[][]> => {
  const path = join(folder, 'read.parquet');
  writeFileSync(path, bytes);
  return duck.run(async (connection) => {
    const result = await connection.runAndReadAll(
      `SELECT * REPLACE (strftime(time, '%Y-%m-%dT%H:%M:%S.%g') AS time) FROM ${quoted(path)}`,
    );
    return [result.columnNames(), ...result.getRows()];
  });
};

describe('files of columns', () => {
  it('keep doubles to the bit, times as times and texts as texts', async () => {
    const bytes = await files.parquet([
      { name: 'time', kind: 'time', values: Float64Array.of(0, 1_700_000_000_123) },
      { name: 'price "paid"', kind: 'number', values: Float64Array.of(0.1 + 0.2, Number.NaN) },
      { name: 'order', kind: 'integer', values: Int32Array.of(1, -2) },
      { name: 'instrument', kind: 'text', of: ["O'Neil", 'ä'], values: Int32Array.of(1, 0) },
    ]);
    expect(await rowsOf(bytes)).toEqual([
      ['time', 'price "paid"', 'order', 'instrument'],
      ['1970-01-01T00:00:00.000', 0.1 + 0.2, 1n, 'ä'],
      ['2023-11-14T22:13:20.123', Number.NaN, -2n, "O'Neil"],
    ]);
  });

  it('may have no rows, and more rows than are handed over at a time', async () => {
    const empty = await files.parquet([
      { name: 'time', kind: 'time', values: new Float64Array(0) },
      { name: 'instrument', kind: 'text', of: [], values: new Int32Array(0) },
    ]);
    expect(await rowsOf(empty)).toEqual([['time', 'instrument']]);
    const values = Float64Array.from({ length: 5_000 }, (_, i) => i);
    const many = await rowsOf(await files.parquet([{ name: 'time', kind: 'time', values }]));
    expect(many.length).toBe(5_001);
    expect(many.at(-1)).toEqual(['1970-01-01T00:00:04.999']);
  });
});
