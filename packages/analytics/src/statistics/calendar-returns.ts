import type { Day } from '@plimsoll/kernel';
import { compounded } from './wealth.ts';

/** The return of a month or a year as far as there are returns in it. */
export interface CalendarReturn {
  /** `2024-03` or `2024`. */
  readonly period: string;
  readonly value: number;
  /** Returns that it is made of. */
  readonly n: number;
}

/**
 * Returns by calendar month or year: Π (1 + r) − 1 over the returns of its days. The first and the last
 * are over the part that there is.
 *
 * @param returns Simple returns, shape [n].
 * @param days Ascending, one a return.
 * @returns one for each month or year that has a return; none where there are no days. Cost n.
 *
 * **Source:** CFA Institute, Global Investment Performance Standards, 2020 (geometric linking).
 */
export function calendarReturns(
  returns: Float64Array,
  days: readonly Day[],
  by: 'month' | 'year',
): CalendarReturn[] {
  const found: CalendarReturn[] = [];
  // `2024-03` and `2024` end where the day's text differs first; comparing codes is cheaper than slices.
  const last = by === 'month' ? 6 : 3;
  let from = 0;
  for (let t = 1; t <= days.length; t++) {
    if (t < days.length && isSamePeriod(days[t], days[t - 1], last)) continue;
    found.push({
      period: days[from].slice(0, last + 1),
      value: compounded(returns, from, t),
      n: t - from,
    });
    from = t;
  }
  return found;
}

function isSamePeriod(a: Day, b: Day, last: number): boolean {
  for (let i = last; i >= 0; i--) if (a.charCodeAt(i) !== b.charCodeAt(i)) return false;
  return true;
}
