import type { BacktestResult } from '@plimsoll/analytics/backtest';
import type { RunOutcome, WalkForwardPart } from '@plimsoll/analytics/runs';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { ColumnFiles, FileColumn, Run, RunArtifact } from '@plimsoll/ports';
import { sha256 } from '../write.ts';
import type { ArtifactMakers, NewArtifact } from './artifact-makers.ts';
import type { DailyEquity } from './daily-equity.ts';
import { runReportOf } from './run-report.ts';
import type { RunSummary } from './run-use-cases.ts';

/** Files of a run that are larger are left out, and a note says so. */
export const mostArtifactBytes = 256 * 1024 * 1024;

const encoder = new TextEncoder();
const json = (name: string, value: unknown): NewArtifact => ({
  name,
  mediaType: 'application/json',
  bytes: encoder.encode(canonicalJson(JSON.parse(JSON.stringify(value)) as Json)),
});

/** Everything that a run gives as files. */
export async function artifactsOf(
  run: Run,
  outcome: RunOutcome,
  { summary, daily }: { readonly summary: RunSummary; readonly daily: DailyEquity | null },
  { files, page }: ArtifactMakers,
): Promise<readonly NewArtifact[]> {
  const { result, report } = outcome;
  const found = [json('result.json', resultJson(run, result, summary, daily))];
  // What a training gives, the registry keeps in files of its own.
  if (run.kind !== 'training' && report !== null && report !== undefined) {
    found.push(json('report.json', report));
  }
  if (page !== undefined) found.push(...(await page(run, outcome)));
  const walked = result === null ? (runReportOf(outcome)?.walkForward ?? null) : null;
  if (walked !== null) found.push(csv('trades.csv', tradeRows(walked)));
  if (walked !== null && files !== undefined) {
    found.push(await parquet(files, 'equity.parquet', walkedColumns(walked)));
  }
  if (result === null) return found;
  found.push(csv('trades.csv', tradeRows(result)), csv('orders.csv', orderRows(result)));
  found.push(csv('log.csv', logRows(result)));
  if (files === undefined) return found;
  found.push(await parquet(files, 'equity.parquet', equityColumns(result)));
  found.push(await parquet(files, 'fills.parquet', fillColumns(result)));
  return found;
}

/** As the list of a run has it; each try of a run has a place of its own in the object store. */
export const listedArtifact = (
  { name, mediaType, bytes }: NewArtifact,
  folder: string,
): RunArtifact => ({
  name,
  mediaType,
  object: `${folder}/${name}`,
  sha256: sha256(bytes),
  size: bytes.length,
});

const resultJson = (
  run: Run,
  result: BacktestResult | null,
  summary: RunSummary,
  daily: DailyEquity | null,
) => ({
  id: run.id,
  kind: run.kind,
  title: run.title,
  strategy: run.strategy,
  strategyHash: run.strategyHash,
  codeVersion: run.codeVersion,
  seed: run.seed,
  config: run.config,
  summary,
  costs: result?.costs ?? null,
  notes: result?.notes ?? [],
  equity: daily === null ? null : { days: daily.days, values: [...daily.equity] },
});

async function parquet(
  files: ColumnFiles,
  name: string,
  columns: readonly FileColumn[],
): Promise<NewArtifact> {
  const mediaType = 'application/vnd.apache.parquet';
  return { name, mediaType, bytes: await files.parquet(columns) };
}

const equityColumns = ({ at, equity, cash, gross, net }: BacktestResult): FileColumn[] => [
  { name: 'time', kind: 'time', values: at },
  { name: 'equity', kind: 'number', values: equity },
  { name: 'cash', kind: 'number', values: cash },
  { name: 'gross', kind: 'number', values: gross },
  { name: 'net', kind: 'number', values: net },
];

/** Growth of 1 out of sample, at the end of each day. */
const walkedColumns = ({ days, growth }: WalkForwardPart): FileColumn[] => [
  { name: 'time', kind: 'time', values: Float64Array.from(days, (day) => Date.parse(day)) },
  { name: 'equity', kind: 'number', values: Float64Array.from(growth) },
];

const fillColumns = ({ fills, instrumentIds }: BacktestResult): FileColumn[] => [
  { name: 'time', kind: 'time', values: fills.at },
  { name: 'order', kind: 'integer', values: fills.order },
  { name: 'instrument', kind: 'text', of: instrumentIds, values: fills.instrument },
  { name: 'quantity', kind: 'number', values: fills.quantity },
  { name: 'price', kind: 'number', values: fills.price },
  { name: 'market_price', kind: 'number', values: fills.marketPrice },
  { name: 'commission', kind: 'number', values: fills.commission },
  { name: 'slippage', kind: 'number', values: fills.slippage },
];

type Cell = string | number | null;

function csv(name: string, rows: readonly (readonly Cell[])[]): NewArtifact {
  const lines = rows.map((row) => row.map(cell).join(','));
  return { name, mediaType: 'text/csv', bytes: encoder.encode(`${lines.join('\n')}\n`) };
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  // A cell that begins like a formula is kept from being one.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Empty where there is none, such as of what a strategy says before the first bar. */
const time = (at: number | null): string =>
  at === null || !Number.isFinite(at) ? '' : new Date(at).toISOString();

const tradeTitles =
  'instrument,side,entered,left,entry_price,exit_price,quantity,gross,commission,carry,net,bars,mae,mfe,why_entered,why_left';

const tradeRows = ({ trades }: Pick<BacktestResult, 'trades'>): Cell[][] => [
  tradeTitles.split(','),
  ...trades.map((one) => [
    one.instrumentId,
    one.side,
    time(one.entryAt),
    time(one.exitAt),
    one.entryPrice,
    one.exitPrice,
    one.quantity,
    one.gross,
    one.commission,
    one.carry,
    one.net,
    one.bars,
    one.mae,
    one.mfe,
    one.whyEntered,
    one.whyLeft,
  ]),
];

const orderTitles =
  'order,instrument,side,kind,quantity,filled,average_price,submitted,done,state,why,reason';

const orderRows = ({ orders }: BacktestResult): Cell[][] => [
  orderTitles.split(','),
  ...orders.map((one) => [
    one.id,
    one.instrumentId,
    one.side,
    one.kind,
    one.quantity,
    one.filled,
    one.averagePrice,
    time(one.submittedAt),
    time(one.doneAt),
    one.state,
    one.why,
    one.reason,
  ]),
];

const logRows = ({ log }: BacktestResult): Cell[][] => [
  ['time', 'kind', 'text'],
  ...log.map(({ at, kind, text }) => [time(at), kind, text]),
];
