import type { DayNumber } from '@plimsoll/kernel';

/** A run of trading days without bars. */
export interface BarGap {
  /** Its first trading day. */
  readonly from: DayNumber;
  /** The trading day after its last one: the next bar's, or one beyond. */
  readonly until: DayNumber;
  /** How many trading days it has. */
  readonly tradingDays: number;
}

/**
 * Runs of trading days without bars, between the first bar and the last.
 *
 * @param days        Days of the bars, rising.
 * @param tradingDays Days on which the exchange traded, rising.
 */
export function findGaps(days: Int32Array, tradingDays: Int32Array): BarGap[] {
  const gaps: BarGap[] = [];
  const last = days.at(-1) ?? Number.NEGATIVE_INFINITY;
  const first = days[0] ?? Number.POSITIVE_INFINITY;
  let bar = 0;
  let from: DayNumber | null = null;
  let count = 0;
  for (const day of tradingDays) {
    if (day < first || day > last) continue;
    while (bar < days.length && (days[bar] as number) < day) bar++;
    if (days[bar] === day) {
      if (from !== null) gaps.push({ from, until: day, tradingDays: count });
      from = null;
      count = 0;
      continue;
    }
    from ??= day;
    count++;
  }
  if (from !== null) gaps.push({ from, until: last, tradingDays: count });
  return gaps;
}
