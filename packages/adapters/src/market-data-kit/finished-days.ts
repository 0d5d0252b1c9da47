import { dayInZone } from '@plimsoll/domain';
import { type Day, invariant } from '@plimsoll/kernel';

const hourMs = 3_600_000;

/** Where and when a market's day is over. */
export interface DayEnd {
  readonly zone: string;
  /** The hour by the zone's clock from which the day counts as over. */
  readonly overAt: number;
}

/** Markets that never close count their days by UTC. */
export const aroundTheClock: DayEnd = { zone: 'UTC', overAt: 24 };

/** After the late session of the exchanges of the United States. */
export const american: DayEnd = { zone: 'America/New_York', overAt: 20 };

/**
 * The end of a range, moved back to the first day that is not over where the market is: the bar of a
 * day under way is no daily bar yet.
 */
export function finishedDays(until: Day, nowMs: number, { zone, overAt }: DayEnd): Day {
  const first = dayInZone(nowMs + (24 - overAt) * hourMs, zone);
  invariant(first.ok, `the time zone ${zone} is known`);
  return until < first.value ? until : first.value;
}

/** The end of a range of bars, moved back so that the bar under way is left out. */
export const finishedBars = (until: number, nowMs: number, lengthMs: number): number =>
  Math.min(until, nowMs - lengthMs + 1);
