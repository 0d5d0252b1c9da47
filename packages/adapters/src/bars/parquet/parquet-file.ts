import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { invariant } from '@plimsoll/kernel';
import { type Duck, quoted } from './duck.ts';
import type { Columns } from './merge-columns.ts';
import { openVectors } from './vectors.ts';

/** Columns of a file, the first of them the start of the bar. */
export const barFields = ['from_ms', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarField = (typeof barFields)[number];

/** Bars that start in `[from, until)`, in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Rows that DuckDB hands over at a time. */
const chunkRows = 2048;

/**
 * Bars as the bytes of a Parquet file: times as 64-bit whole numbers of milliseconds, all else as
 * doubles bit by bit, packed with Zstandard. Columns in the order of `barFields`.
 */
export function encodeParquet(duck: Duck, columns: Columns, id: string): Promise<Uint8Array> {
  return duck.run(async (connection, folder) => {
    const path = join(folder, `${id.replaceAll(/[^\w-]/g, '_')}.parquet`);
    await connection.run(
      `CREATE TEMP TABLE rows (${barFields.map((field) => `${field} DOUBLE`).join(', ')})`,
    );
    try {
      await append(connection, columns);
      await connection.run(
        `COPY (SELECT * REPLACE (from_ms::BIGINT AS from_ms) FROM rows)
         TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`,
      );
      return await readFile(path);
    } finally {
      await connection.run('DROP TABLE rows');
      await rm(path, { force: true });
    }
  });
}

/** Adds rows to the table `rows`, whose columns are doubles. */
export async function append(connection: DuckDBConnection, columns: Columns): Promise<void> {
  const { DuckDBDataChunk, DOUBLE } = await import('@duckdb/node-api');
  const vectors = await openVectors();
  const appender = await connection.createAppender('rows');
  const length = columns[0]?.length ?? 0;
  const types = columns.map(() => DOUBLE);
  for (let start = 0; start < length; start += chunkRows) {
    const end = Math.min(start + chunkRows, length);
    const chunk = DuckDBDataChunk.create(types, end - start);
    for (const [c, column] of columns.entries()) {
      vectors.write(chunk, c, column.subarray(start, end));
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** How many bars of a file start in the stretch. */
export function countRows(duck: Duck, path: string, stretch: Stretch): Promise<number> {
  return duck.run(async (connection) => {
    const result = await connection.run(`SELECT count(*)::DOUBLE ${source(path, stretch)}`);
    const chunk = await result.fetchChunk();
    return Number(chunk?.getColumnVector(0).getItem(0) ?? Number.NaN);
  });
}

/** Fields of the bars of a file in the stretch, into columns, from `at` on; there must be exactly `count`. */
export function fillColumns(
  duck: Duck,
  file: { readonly path: string; readonly stretch: Stretch; readonly count: number },
  fields: readonly BarField[],
  into: { readonly columns: Columns; readonly at: number },
): Promise<void> {
  const chosen = fields.map((field) => (field === 'from_ms' ? 'from_ms::DOUBLE' : field));
  const query = `SELECT ${chosen.join(', ')} ${source(file.path, file.stretch)}`;
  return duck.run((connection) => fillRows(connection, query, { ...into, count: file.count }));
}

/**
 * Copies the rows of a query, doubles without NULL, into columns, from `at` on; there must be exactly
 * `count`. Whole vectors are copied, and the next ones are asked for meanwhile.
 */
export async function fillRows(
  connection: DuckDBConnection,
  query: string,
  into: { readonly columns: Columns; readonly at: number; readonly count: number },
): Promise<void> {
  const vectors = await openVectors();
  const result = await connection.stream(query);
  const end = into.at + into.count;
  let at = into.at;
  let next = result.fetchChunk();
  for (;;) {
    const chunk = await next;
    const rows = chunk?.rowCount ?? 0;
    if (chunk === null || rows === 0) break;
    next = result.fetchChunk();
    invariant(at + rows <= end, 'A file has more rows than were counted');
    for (const [c, column] of into.columns.entries()) {
      column.set(vectors.read(chunk, c, rows), at);
    }
    at += rows;
  }
  invariant(at === end, 'A file has fewer rows than were counted');
}

function source(path: string, { from, until }: Stretch): string {
  const bounds = [
    ...(Number.isFinite(from) ? [`from_ms >= ${Math.ceil(from)}`] : []),
    ...(Number.isFinite(until) ? [`from_ms < ${Math.ceil(until)}`] : []),
  ];
  const where = bounds.length === 0 ? '' : `WHERE ${bounds.join(' AND ')}`;
  return `FROM read_parquet(${quoted(path)}) ${where}`;
}
