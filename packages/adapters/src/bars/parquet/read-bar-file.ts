import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Timeframe, timeframeMs } from '@plimsoll/domain';
import { type Fault, ok, present, type Result, refuse } from '@plimsoll/kernel';
import type { BarFileContent, BarFileReader } from '@plimsoll/ports';
import { Duck, type DuckOptions, quoted } from './duck.ts';
import { type FileColumn, type FilePlan, planColumns } from './file-columns.ts';
import type { Columns } from './merge-columns.ts';
import { fillRows } from './parquet-file.ts';

/** Reads CSV and Parquet files of bars, trades or quotes, packed with gzip or not. */
export function openBarFileReader(options: DuckOptions = {}): BarFileReader {
  const duck = new Duck({ ...options, threads: 1 });
  let files = 0;
  return {
    read: ({ name, bytes }, timeframe) =>
      duck.run(async (connection, folder) => {
        const path = join(folder, `given-${files++}`);
        await writeFile(path, bytes);
        try {
          return await readFile(connection, { name, timeframe }, sourceOf(path, bytes));
        } finally {
          await rm(path, { force: true });
        }
      }),
    close: () => duck.close(),
  };
}

/** The rows of a file, by what its first bytes say it is. */
function sourceOf(path: string, bytes: Uint8Array): string {
  if (startsWith(bytes, [0x50, 0x41, 0x52, 0x31])) return `read_parquet(${quoted(path)})`;
  const packed = startsWith(bytes, [0x1f, 0x8b]) ? 'gzip' : 'none';
  return `read_csv(${quoted(path)}, header = true, all_varchar = true, compression = '${packed}')`;
}

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte);

async function readFile(
  connection: DuckDBConnection,
  { name, timeframe }: { readonly name: string; readonly timeframe: Timeframe },
  source: string,
): Promise<Result<BarFileContent, Fault>> {
  await connection.run("SET TimeZone = 'UTC'");
  const described = await attempt(name, async () => describe(connection, source));
  if (!described.ok) return described;
  const plan = planColumns(name, described.value);
  if (!plan.ok) return plan;
  const staged = await attempt(name, () =>
    stage(connection, plan.value, verdict(plan.value, timeframe), source),
  );
  if (!staged.ok) return staged;
  try {
    if (plan.value.kind === 'bars' && (await areFiner(connection, timeframe))) {
      return refuse({
        code: 'bars.refused',
        detail: `${name} has bars less than ${timeframe} apart: name the timeframe that they have; coarser ones are made from them.`,
      });
    }
    return ok(await take(connection, plan.value));
  } finally {
    await connection.run('DROP TABLE given');
  }
}

/** What DuckDB cannot make of a user's file is told in its own words. */
async function attempt<T>(name: string, work: () => Promise<T>): Promise<Result<T, Fault>> {
  try {
    return ok(await work());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [reason] = error.message.split('\n');
    return refuse({
      code: 'bars.refused',
      detail: `${name} cannot be read as CSV or Parquet: ${reason?.replaceAll(/\/\S*\//g, '')}`,
    });
  }
}

async function describe(connection: DuckDBConnection, source: string): Promise<FileColumn[]> {
  const result = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
  return result.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

const fieldsOf = (plan: FilePlan): readonly string[] =>
  plan.kind === 'bars' ? ['open', 'high', 'low', 'close', 'volume'] : ['price', 'size'];

async function stage(
  connection: DuckDBConnection,
  plan: FilePlan,
  reason: string,
  source: string,
): Promise<void> {
  const values = plan.values.map((value, i) => `${value} AS ${fieldsOf(plan)[i]}`);
  await connection.run(
    `CREATE TEMP TABLE given AS
     SELECT *, ${reason} AS reason
     FROM (SELECT row_number() OVER () + 1 AS line, ${plan.at} AS at_ms, ${values.join(', ')} FROM ${source})`,
  );
}

/** Why a row is not taken; NULL where it is. */
function verdict({ kind }: FilePlan, timeframe: Timeframe): string {
  const price = (field: string) =>
    `WHEN ${field} IS NULL OR NOT isfinite(${field}) OR ${field} <= 0 THEN 'The ${field} is not a price above 0.'`;
  const amount = (field: string) =>
    `WHEN isinf(${field}) OR ${field} < 0 THEN 'The ${field} is not a number from 0 up.'`;
  const cases =
    kind === 'ticks'
      ? [price('price'), amount('size')]
      : [
          `WHEN at_ms % ${stepMs(timeframe)} <> 0 THEN 'No bar of ${timeframe} begins at this time.'`,
          ...['open', 'high', 'low', 'close'].map(price),
          "WHEN high < low THEN 'The high is below the low.'",
          "WHEN greatest(open, close) > high * (1 + 1e-9) OR least(open, close) < low * (1 - 1e-9) THEN 'Open or close lies outside of high and low.'",
          amount('volume'),
        ];
  return `CASE WHEN at_ms IS NULL OR abs(at_ms) > 8.64e15 THEN 'The time cannot be read.' ${cases.join(' ')} END`;
}

/** Hours count from an opening, a break or a close, which is on a multiple of five minutes. */
const stepMs = (timeframe: Timeframe): number => timeframeMs[timeframe === '1h' ? '5m' : timeframe];

/** Whether most bars are closer together than their frame; hours that a session cuts are fewer. */
async function areFiner(connection: DuckDBConnection, timeframe: Timeframe): Promise<boolean> {
  const [closer = 0, gaps = 0] = await numbers(
    connection,
    `SELECT count_if(gap < ${timeframeMs[timeframe]})::DOUBLE, count(gap)::DOUBLE
     FROM (
       SELECT at_ms - lag(at_ms) OVER (ORDER BY at_ms) AS gap
       FROM (SELECT DISTINCT at_ms FROM given WHERE at_ms IS NOT NULL)
     )`,
  );
  return 2 * closer > gaps;
}

const mostRefused = 100;

async function take(connection: DuckDBConnection, plan: FilePlan): Promise<BarFileContent> {
  const [rows = 0, refusedCount = 0] = await numbers(
    connection,
    'SELECT count(*)::DOUBLE, count(reason)::DOUBLE FROM given',
  );
  const refused = await connection.runAndReadAll(
    `SELECT line, reason FROM given WHERE reason IS NOT NULL ORDER BY line LIMIT ${mostRefused}`,
  );
  const notes = [...plan.notes];
  const { columns, repeated } = await columnsOf(connection, plan);
  if (repeated > 0)
    notes.push(`${repeated} bars came again later in the file; the last was taken.`);
  const column = (at: number) => present(columns[at], 'A column of the file');
  return {
    rows,
    content:
      plan.kind === 'ticks'
        ? { kind: 'ticks', ticks: { at: column(0), price: column(1), size: column(2) } }
        : {
            kind: 'bars',
            bars: {
              from: column(0),
              open: column(1),
              high: column(2),
              low: column(3),
              close: column(4),
              volume: column(5),
            },
          },
    refused: refused
      .getRows()
      .map(([line, reason]) => ({ line: Number(line), reason: String(reason) })),
    refusedCount,
    notes,
  };
}

/** The rows that are taken, by time; of bars with one time the last in the file. */
async function columnsOf(
  connection: DuckDBConnection,
  plan: FilePlan,
): Promise<{ readonly columns: Columns; readonly repeated: number }> {
  const once =
    plan.kind === 'bars'
      ? 'QUALIFY row_number() OVER (PARTITION BY at_ms ORDER BY line DESC) = 1'
      : '';
  const rows = `FROM given WHERE reason IS NULL ${once}`;
  const [taken = 0] = await numbers(
    connection,
    'SELECT count(*)::DOUBLE FROM given WHERE reason IS NULL',
  );
  const [count = 0] = await numbers(
    connection,
    `SELECT count(*)::DOUBLE FROM (SELECT at_ms, line ${rows})`,
  );
  const fields = fieldsOf(plan);
  const columns = ['at_ms', ...fields].map(() => new Float64Array(count));
  const chosen = fields.map((field) => `coalesce(${field}, 'nan'::DOUBLE)`);
  const query = `SELECT at_ms, ${chosen.join(', ')} ${rows} ORDER BY at_ms, line`;
  await fillRows(connection, query, { columns, at: 0, count });
  return { columns, repeated: taken - count };
}

async function numbers(connection: DuckDBConnection, query: string): Promise<readonly number[]> {
  const result = await connection.runAndReadAll(query);
  return (result.getRows()[0] ?? []).map(Number);
}
