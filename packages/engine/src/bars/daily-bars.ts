import type { TimedBars } from '@plimsoll/domain';
import { addDays, type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { DailyBars, UnitOfWork } from '@plimsoll/ports';

const dayMs = 86_400_000;

/** The day (since 1970-01-01) that an instant lies on in UTC. */
export const dayOfMoment = (at: number): DayNumber => Math.floor(at / dayMs);

/** Daily prices as bars, each from midnight UTC of its day. */
export const timedBars = ({ days, open, high, low, close, volume }: DailyBars): TimedBars => ({
  from: Float64Array.from(days, (day) => day * dayMs),
  open,
  high,
  low,
  close,
  volume,
});

/** Daily prices of an instrument, its own and its listing's, from a day on. */
export function dailyPrices(unit: UnitOfWork, id: string, from: DayNumber): Promise<DailyBars> {
  return unit.prices.bars(id, dayFromNumber(Math.max(from, -25_567)), addDays('9999-12-31', 0));
}
