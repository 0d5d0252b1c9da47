import type { DayNumber } from '@plimsoll/kernel';

/** One session of an exchange, in milliseconds since 1970-01-01 UTC. */
export interface TradingSession {
  readonly open: number;
  /** Not part of the session any more. */
  readonly close: number;
  /** When it pauses, in order: lunch. Half-open, within open and close. */
  readonly breaks: readonly { readonly from: number; readonly until: number }[];
}

/** When an instrument trades. An exchange calendar is one. */
export interface Sessions {
  /**
   * The session named after the day (days since 1970-01-01), null where there is none. It lies
   * within a day and a half of that day's midnight UTC: the FX session of Monday opens on Sunday.
   */
  session(day: DayNumber): TradingSession | null;
}

const dayMs = 86_400_000;

/** Markets that never close: the day is the UTC day. */
export const alwaysOpen: Sessions = {
  session: (day) => ({ open: day * dayMs, close: (day + 1) * dayMs, breaks: [] }),
};
