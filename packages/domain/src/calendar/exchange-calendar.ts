import type { DayNumber } from '@plimsoll/kernel';
import type { Sessions, TradingSession } from '../bars/sessions.ts';

/** When an exchange traded on one day. Closing auctions after the regular close are left out. */
export interface ExchangeSession extends TradingSession {
  /** Whether it traded for less time than on a usual day. */
  readonly half: boolean;
}

/** A weekday that is not as usual, or a session on a day that is usually free. */
export interface ExchangeHoliday {
  readonly day: DayNumber;
  readonly name: string;
  /** Closing time on the exchange's clocks, `13:00`, where it trades; null where it is closed. */
  readonly closes: string | null;
}

/**
 * On which days and at which hours an exchange trades. Outside `known` every answer is null or
 * empty: it is not known, which is not the same as closed.
 */
export interface ExchangeCalendar extends Sessions {
  /** ISO 10383 code, or `24/7`, `24/5`, `weekdays` where there is no exchange. */
  readonly mic: string;
  readonly name: string;
  /** IANA name of the zone its hours are in. */
  readonly zone: string;
  /** Days the rules and tables are good for, `until` not included. */
  readonly known: { readonly from: DayNumber; readonly until: DayNumber };
  /** True where nothing is known of the exchange and Monday to Friday stands in for it. */
  readonly guess: boolean;
  /** Null where it is not known. */
  isTradingDay(day: DayNumber): boolean | null;
  /** Null on a day without trading, where it is not known, and where hours are not on record. */
  session(day: DayNumber): ExchangeSession | null;
  /** Trading days of `[from, until)` as far as they are known, rising. */
  tradingDays(from: DayNumber, until: DayNumber): Int32Array;
  /** The first trading day after a day; null where it is not known. */
  next(day: DayNumber): DayNumber | null;
  /** The last trading day before a day; null where it is not known. */
  previous(day: DayNumber): DayNumber | null;
  /** Closed weekdays, half days and special sessions of a year, days rising. */
  holidays(year: number): readonly ExchangeHoliday[];
  /** Whether it trades at an instant, breaks apart; null where it is not known. */
  isOpenAt(instant: number): boolean | null;
  /**
   * The trading day that a trade at an instant belongs to: the day on the exchange's own clocks, so
   * that auctions and trades before and after hours count; for markets that open the evening before,
   * the session that is on. Null where the exchange rests or it is not known.
   */
  sessionDayOf(instant: number): DayNumber | null;
}
