import type { ClosingPrices, Instrument, RateSeries } from '@plimsoll/domain';
import { type DayNumber, seededRandom } from '@plimsoll/kernel';

interface Walk {
  readonly days: Int32Array;
  readonly close: Float64Array;
}

/** A positive random walk with gaps, known from `first` on. */
function walk(seed: number, first: DayNumber, last: DayNumber, start: number): Walk {
  const random = seededRandom(seed);
  const days: number[] = [];
  const close: number[] = [];
  let level = start;
  for (let day = first; day <= last; day++) {
    level *= Math.exp(0.03 * random.normal());
    if (days.length > 0 && random.next() < 0.3) continue;
    days.push(day);
    close.push(Number(level.toPrecision(7)));
  }
  return { days: Int32Array.from(days), close: Float64Array.from(close) };
}

/** Rates of every sample currency against the euro, known from `first` on. */
export const sampleRates = (seed: number, first: DayNumber, last: DayNumber): RateSeries[] =>
  [
    ['USD', 1.1],
    ['GBP', 0.85],
    ['CHF', 0.95],
  ].map(([quote, start], i) => ({
    base: 'EUR',
    quote: String(quote),
    source: 'sample rates',
    ...walk(seed * 7 + i, first, last, Number(start)),
  }));

/** Market closes of each instrument but the coin, which only own trades price; one starts late. */
export function samplePrices(
  seed: number,
  instruments: readonly Instrument[],
  first: DayNumber,
  last: DayNumber,
): Map<string, ClosingPrices> {
  const prices = new Map<string, ClosingPrices>();
  instruments.forEach((instrument, i) => {
    if (instrument.id === 'coin') return;
    const late = instrument.id === 'eur-share' ? 12 : 0;
    const start = instrument.kind === 'option' ? 4 : instrument.id === 'pence-share' ? 900 : 95;
    const series = walk(seed * 31 + i, first + late, last, start);
    prices.set(instrument.id, { ...series, source: 'sample prices' });
  });
  return prices;
}
