import { type Day, type DayNumber, dayFromNumber, dayNumber } from '@plimsoll/kernel';
import type { DailyHistory } from '@plimsoll/ports';
import { sliceHistory } from '../../market-data-kit/slice-history.ts';
import { drawInstrument } from './draw-instrument.ts';
import { drawRate } from './draw-rate.ts';
import { type MarketFactors, marketFactors } from './market-factors.ts';
import { simulatedInstruments, simulatedRates } from './simulated-instruments.ts';

/** The seed of the market that everyone sees who does not choose one. */
export const usualSeed = 11;

/** The first day after the market's last: it is drawn no further. */
export const marketEnds: Day = '2061-01-01';

/**
 * A market that never was. All of it follows from the seed: the same symbol and day have the same
 * figures, whatever range they are asked for in and in whatever order.
 *
 * What is asked for is drawn from the market's first day to the end of the asked year and kept.
 */
export class SimulatedMarket {
  readonly #seed: number;
  readonly #drawn = new Map<
    string,
    { readonly horizon: DayNumber; readonly history: DailyHistory }
  >();
  #factors: { readonly horizon: DayNumber; readonly factors: MarketFactors } | undefined;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The history of `[from, until)`; undefined for a symbol that the market has not. */
  history(symbol: string, from: Day, until: Day): DailyHistory | undefined {
    const horizon = endOfYearBefore(until < marketEnds ? until : marketEnds);
    const known = this.#drawn.get(symbol);
    const history = known && known.horizon >= horizon ? known.history : this.#draw(symbol, horizon);
    if (!history) return undefined;
    this.#drawn.set(symbol, { horizon: Math.max(horizon, known?.horizon ?? 0), history });
    return sliceHistory(history, from, until);
  }

  #draw(symbol: string, horizon: DayNumber): DailyHistory | undefined {
    const instrument = simulatedInstruments.find((one) => one.symbol === symbol);
    if (instrument) {
      return drawInstrument(this.#seed, instrument, this.#factorsThrough(horizon), horizon);
    }
    const rate = simulatedRates.find((one) => one.symbol === symbol);
    return rate && drawRate(this.#seed, rate, this.#factorsThrough(horizon));
  }

  #factorsThrough(horizon: DayNumber): MarketFactors {
    if (this.#factors?.horizon !== horizon) {
      this.#factors = { horizon, factors: marketFactors(this.#seed, horizon) };
    }
    return this.#factors.factors;
  }
}

/** The last day of the year of the day before `until`. */
function endOfYearBefore(until: Day): DayNumber {
  const year = dayFromNumber(dayNumber(until) - 1).slice(0, 4);
  return dayNumber(`${year}-12-31`);
}
