import { checkRow, mayBeMended } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { DailyBars, DailyHistory, RejectedBar } from '@plimsoll/ports';

/** One row of a price file as it was read; NaN where a field is unknown. */
export interface BarDraft {
  readonly day: DayNumber;
  /** Time of day as written; empty where the file has none. */
  readonly time: string;
  readonly line: number;
  /** The row as written, cell by cell. */
  readonly cells: readonly string[];
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly adjustedClose: number;
  readonly volume: number;
}

const fields = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;
const longestRow = 200;

/** A row that is not taken, for the reason given. */
export const rejectedBar = (
  { line, cells }: Pick<BarDraft, 'line' | 'cells'>,
  day: string,
  reason: string,
): RejectedBar => ({ day, reason, line, row: cells.join(',').slice(0, longestRow) });

const same = (a: BarDraft, b: BarDraft): boolean =>
  fields.every((field) => Object.is(a[field], b[field]));

/** Whether a day has rows of several times: then they are not daily bars. */
export function intradayRow(drafts: readonly BarDraft[]): BarDraft | undefined {
  const first = new Map<DayNumber, BarDraft>();
  for (const draft of drafts) {
    const other = first.get(draft.day);
    if (other && other.time !== draft.time) return draft;
    first.set(draft.day, draft);
  }
  return undefined;
}

/**
 * Rows in any order → bars in the order of their days. Rows that are no prices go, but for those that
 * the quality gate may mend; of a day with equal rows one stays; of a day whose rows contradict one
 * another none does, for there is no telling which is right.
 */
export function buildHistory(drafts: readonly BarDraft[]): Pick<DailyHistory, 'bars' | 'rejected'> {
  const rejected: RejectedBar[] = [];
  const sound: BarDraft[] = [];
  for (const draft of drafts) {
    const check = checkRow(draft);
    if (check.verdict === 'bad' && !mayBeMended(draft, check.code)) {
      rejected.push(rejectedBar(draft, dayFromNumber(draft.day), check.reason));
    } else sound.push(draft);
  }
  sound.sort((a, b) => a.day - b.day || a.line - b.line);
  const bars = columns(onePerDay(sound, rejected));
  rejected.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { bars, rejected };
}

function onePerDay(sorted: readonly BarDraft[], rejected: RejectedBar[]): BarDraft[] {
  const kept: BarDraft[] = [];
  for (let from = 0; from < sorted.length; ) {
    const first = sorted[from] as BarDraft;
    let until = from + 1;
    while (sorted[until]?.day === first.day) until++;
    const rows = sorted.slice(from, until);
    if (rows.every((row) => same(row, first))) kept.push(first);
    else rejected.push(...contradicting(rows));
    from = until;
  }
  return kept;
}

function contradicting(rows: readonly BarDraft[]): RejectedBar[] {
  const lines = rows.map(({ line }) => line).join(' and ');
  return rows.map((row) => {
    const day = dayFromNumber(row.day);
    return rejectedBar(row, day, `Lines ${lines} give different prices for ${day}; keep one.`);
  });
}

function columns(rows: readonly BarDraft[]): DailyBars {
  const bars = {
    days: new Int32Array(rows.length),
    open: new Float64Array(rows.length),
    high: new Float64Array(rows.length),
    low: new Float64Array(rows.length),
    close: new Float64Array(rows.length),
    adjustedClose: new Float64Array(rows.length),
    volume: new Float64Array(rows.length),
  };
  for (const [i, row] of rows.entries()) {
    bars.days[i] = row.day;
    for (const field of fields) bars[field][i] = row[field];
  }
  return bars;
}
