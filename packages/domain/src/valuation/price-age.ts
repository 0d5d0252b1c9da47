import { type DayNumber, weekday } from '@plimsoll/kernel';
import type { ExchangeCalendar } from '../calendar/exchange-calendar.ts';

/** After so many business days without a new price, the carried one is stale. */
export const staleAfterBusinessDays = 5;

/**
 * Whether more than five business days have passed after `on`, up to and including `day`. Business
 * days are the exchange's trading days where its calendar is given and knows them, else Monday to
 * Friday.
 *
 * Cost: one step per calendar day until it is decided, some two weeks at most.
 */
export function isStale(
  on: DayNumber,
  day: DayNumber,
  calendar: Pick<ExchangeCalendar, 'isTradingDay'> | null,
): boolean {
  let age = 0;
  for (let each = on + 1; each <= day; each++) {
    if (!(calendar?.isTradingDay(each) ?? weekday(each) < 5)) continue;
    if (++age > staleAfterBusinessDays) return true;
  }
  return false;
}
