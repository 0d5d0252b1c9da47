import type { TimedBars } from '@plimsoll/domain';
import { addDays, dayFromNumber } from '@plimsoll/kernel';
import type { DailyBars, UnitOfWork } from '@plimsoll/ports';

const dayMs = 86_400_000;

/** The day (since 1970-01-01) that a bar starts on in UTC. */
export const dayOfBar = (from: number): number => Math.floor(from / dayMs);

/** Daily prices as bars, each from midnight UTC of its day. */
export const timedBars = ({ days, open, high, low, close, volume }: DailyBars): TimedBars => ({
  from: Float64Array.from(days, (day) => day * dayMs),
  open,
  high,
  low,
  close,
  volume,
});

/** Daily prices of an instrument, its own and its listing's, from the day that an instant lies on. */
export function dailyPrices(unit: UnitOfWork, id: string, from: number): Promise<DailyBars> {
  const first = Math.max(dayOfBar(from), -25_567);
  return unit.prices.bars(id, dayFromNumber(first), addDays('9999-12-31', 0));
}
