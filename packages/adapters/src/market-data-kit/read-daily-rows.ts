import { type Day, dayNumber, isDay } from '@plimsoll/kernel';
import type { DailyHistory, RejectedBar } from '@plimsoll/ports';
import { type BarDraft, buildHistory, rejectedBar } from './build-history.ts';
import { numeric } from './numeric.ts';
import { sliceHistory } from './slice-history.ts';

/** One daily row as a provider wrote it: numbers, numbers as text, null, or nothing. */
export interface DailyRow {
  /** `YYYY-MM-DD`, in the calendar of the exchange. */
  readonly day?: unknown;
  readonly open?: unknown;
  readonly high?: unknown;
  readonly low?: unknown;
  readonly close?: unknown;
  readonly adjustedClose?: unknown;
  readonly volume?: unknown;
}

export interface DailyRowsOptions {
  readonly from: Day;
  /** Excluded. */
  readonly until: Day;
  readonly nowMs: number;
  readonly currency: string | null;
  readonly prices: 'as-traded' | 'split-adjusted';
  readonly actions?: DailyHistory['actions'];
  /** Rows that were refused elsewhere, of the actions. */
  readonly rejected?: readonly RejectedBar[];
}

/** No price of anything is dearer; what is, is an error of the feed. */
const dearest = 1e12;
const dayMs = 86_400_000;
const fields = ['open', 'high', 'low', 'close', 'adjustedClose'] as const;

/**
 * A provider's rows, in any order and with repetitions, as the history of `[from, until)`. Rows that
 * are no prices, lie in the future, or contradict one another are rejected with the reason; rows
 * outside of the range are passed over, as providers answer with whole pages.
 */
export function readDailyRows(rows: Iterable<DailyRow>, options: DailyRowsOptions): DailyHistory {
  const { from, until, nowMs, currency, prices, actions = [] } = options;
  const rejected: RejectedBar[] = [...(options.rejected ?? [])];
  const drafts: BarDraft[] = [];
  // An exchange east of us is a day ahead.
  const last = Math.floor(nowMs / dayMs) + 1;
  let line = 0;
  for (const row of rows) {
    line += 1;
    const draft = toDraft(row, line);
    if (typeof draft === 'string') rejected.push(refused(row, line, draft));
    else if (draft.day > last) rejected.push(refused(row, line, 'The day lies in the future.'));
    else drafts.push(draft);
  }
  const built = buildHistory(drafts);
  const history = sliceHistory({ ...built, actions, currency, prices }, from, until);
  return { ...history, rejected: [...rejected, ...history.rejected] };
}

const cellsOf = (row: DailyRow): string[] =>
  [row.day, row.open, row.high, row.low, row.close, row.volume].map((cell) =>
    cell === undefined || cell === null ? '' : String(cell).slice(0, 40),
  );

const refused = (row: DailyRow, line: number, reason: string): RejectedBar =>
  rejectedBar({ line, cells: cellsOf(row) }, String(row.day ?? '').slice(0, 40), reason);

/** The row as numbers, or why it cannot be one. */
function toDraft(row: DailyRow, line: number): BarDraft | string {
  const { day } = row;
  if (typeof day !== 'string' || !isDay(day)) return 'The row has no day that can be read.';
  const draft = {
    day: dayNumber(day),
    time: '',
    line,
    cells: cellsOf(row),
    open: numeric(row.open),
    high: numeric(row.high),
    low: numeric(row.low),
    close: numeric(row.close),
    adjustedClose: numeric(row.adjustedClose),
    volume: numeric(row.volume),
  };
  const dear = fields.find((field) => draft[field] >= dearest);
  if (dear !== undefined) return `The ${dear} is ${draft[dear]}; nothing costs as much.`;
  const usable = draft.adjustedClose > 0;
  return usable ? draft : { ...draft, adjustedClose: Number.NaN };
}

/** The day of an instant, milliseconds, in a calendar that is so many seconds ahead of UTC. */
export const dayAt = (ms: number, aheadSeconds = 0): string => {
  const at = ms + aheadSeconds * 1000;
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString().slice(0, 10) : '';
};
