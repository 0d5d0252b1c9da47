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
 * Returns by calendar month: Π (1 + r) − 1 over the returns of its days. The first and the last month
 * are over the part that there is.
 *
 * @param returns Simple returns, shape [n].
 * @param days Ascending, one a return.
 * @returns one for each month that has a return; none where there are no days. Cost n.
 *
 * **Source:** CFA Institute, Global Investment Performance Standards, 2020 (geometric linking).
 */
export function monthsOf(returns: Float64Array, days: readonly Day[]): CalendarReturn[] {
  const found: CalendarReturn[] = [];
  for (let from = 0; from < days.length; ) {
    const until = endOfMonth(days, from);
    found.push({
      period: days[from].slice(0, 7),
      value: compounded(returns, from, until),
      n: until - from,
    });
    from = until;
  }
  return found;
}

/** Calendar years, linked from their months. */
export function yearsOf(months: readonly CalendarReturn[]): CalendarReturn[] {
  const years: { period: string; value: number; n: number }[] = [];
  for (const { period, value, n } of months) {
    const year = period.slice(0, 4);
    const last = years.at(-1);
    if (last?.period === year) {
      last.value = (1 + last.value) * (1 + value) - 1;
      last.n += n;
    } else years.push({ period: year, value, n });
  }
  return years;
}

/** The first place after `from` that is in another month: days ascend, so most need no look. */
function endOfMonth(days: readonly Day[], from: number): number {
  let inside = from;
  let step = 16;
  while (step > 0) {
    if (inside + step < days.length && isSameMonth(days[inside + step], days[from])) inside += step;
    else step >>= 1;
  }
  return inside + 1;
}

/** Month digits first: they differ most often. */
function isSameMonth(a: Day, b: Day): boolean {
  for (let i = 6; i >= 0; i--) if (a.charCodeAt(i) !== b.charCodeAt(i)) return false;
  return true;
}
