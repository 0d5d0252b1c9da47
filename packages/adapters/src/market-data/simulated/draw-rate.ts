import type { DailyHistory } from '@plimsoll/ports';
import { BarWriter, drawDay } from './bar-writer.ts';
import { streamOf } from './chance.ts';
import { type MarketFactors, yearOfWeekdays } from './market-factors.ts';
import type { SimulatedRate } from './simulated-instruments.ts';

/** How strongly a rate is drawn to its long-run value, per year. */
const pull = 0.35;
/** Fractional digits of an exchange rate. */
export const rateDigits = 4;

/** Draws an exchange rate: a random walk of its logarithm that is drawn back to the centre. */
export function drawRate(seed: number, rate: SimulatedRate, factors: MarketFactors): DailyHistory {
  const random = streamOf(seed, rate.symbol);
  const writer = new BarWriter();
  const step = 1 / yearOfWeekdays;
  const centre = Math.log(rate.centre);
  const daily = rate.volatility * Math.sqrt(step);
  let level = centre + 0.5 * rate.volatility * random.normal();
  for (const day of factors.days) {
    const before = Math.exp(level);
    level += pull * step * (centre - level) + daily * random.normal();
    const around = { volatility: daily, digits: rateDigits };
    writer.add(day, drawDay(random, before, Math.exp(level), around), Number.NaN);
  }
  return { bars: writer.bars(), actions: [], currency: rate.currency, rejected: [] };
}
