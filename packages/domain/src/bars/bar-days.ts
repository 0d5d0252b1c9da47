import type { DayNumber } from '@plimsoll/kernel';
import type { ExchangeCalendar } from '../calendar/exchange-calendar.ts';
import { zoneDay } from '../calendar/zone-clock.ts';
import { type Timeframe, timeframeMs } from './timeframe.ts';

/**
 * The trading day of each bar: the one that a daily bar is named after, else that of the session, and
 * outside of any session the day that the exchange's clocks show. Rises as the bars do.
 *
 * @param from Starts of the bars, milliseconds since 1970-01-01 UTC.
 */
export function barDays(
  from: Float64Array,
  timeframe: Timeframe,
  calendar: Pick<ExchangeCalendar, 'zone' | 'sessionDayOf'>,
): Int32Array {
  const dayOf = (at: number): DayNumber =>
    timeframe === '1d'
      ? Math.floor(at / timeframeMs['1d'])
      : (calendar.sessionDayOf(at) ?? zoneDay(calendar.zone, at));
  return Int32Array.from(from, dayOf);
}
