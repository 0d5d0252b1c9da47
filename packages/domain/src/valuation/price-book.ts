import {
  atPrice,
  type DayNumber,
  type Decimal,
  marketPrice,
  mulDiv,
  multiply,
  type Price,
} from '@plimsoll/kernel';
import type { ExchangeCalendar } from '../calendar/exchange-calendar.ts';
import type { Instrument } from '../ledger/instrument.ts';
import { indexAt } from '../prices/price-series.ts';
import { isStale } from './price-age.ts';

/** Market closes of one instrument, days rising. */
export interface ClosingPrices {
  readonly days: Int32Array;
  readonly close: Float64Array;
  readonly source: string;
}

/** How a price is known: by the market that day, carried forward, too old, or by the user's own last trade. */
export type PriceState = 'market' | 'carried' | 'stale' | 'trade';

/** The price that stands for a day, in the instrument's quoted unit. */
export interface KnownPrice {
  readonly price: Price;
  readonly day: DayNumber;
  readonly state: PriceState;
  readonly source: string;
}

/** A split from its day on: `numerator` new units for `denominator` old ones. */
export interface PriceSplit {
  readonly day: DayNumber;
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

const divided = (price: Price, { numerator, denominator }: PriceSplit): Price =>
  numerator === 0n ? price : (mulDiv(price, denominator, numerator) as Price);

interface TradePrices {
  readonly days: number[];
  readonly prices: Price[];
}

/**
 * What each instrument was worth: the last market close on or before the day; before the first
 * market close, the price of the user's own latest trade. Never a later price. A price from before a
 * split that the ledger records is divided by it.
 */
export class PriceBook {
  readonly #market: ReadonlyMap<string, ClosingPrices>;
  readonly #calendarOf: (instrumentId: string) => ExchangeCalendar | null;
  readonly #trades = new Map<string, TradePrices>();
  readonly #splits = new Map<string, PriceSplit[]>();

  /**
   * @param calendarOf The trading days that the age of an instrument's price is counted in; Monday
   *   to Friday where it answers null.
   */
  constructor(
    market: ReadonlyMap<string, ClosingPrices>,
    calendarOf: (instrumentId: string) => ExchangeCalendar | null = () => null,
  ) {
    this.#market = market;
    this.#calendarOf = calendarOf;
  }

  /** The same market closes without what own trades paid. */
  fork(): PriceBook {
    return new PriceBook(this.#market, this.#calendarOf);
  }

  market(instrumentId: string): ClosingPrices | undefined {
    return this.#market.get(instrumentId);
  }

  /** Trade prices noted so far, days rising. */
  trades(
    instrumentId: string,
  ): { readonly days: readonly number[]; readonly prices: readonly Price[] } | undefined {
    return this.#trades.get(instrumentId);
  }

  /** Remembers what the user's own trade paid per unit. Days never go back. */
  noteTrade(instrumentId: string, day: DayNumber, price: Price): void {
    const noted = this.#trades.get(instrumentId);
    if (!noted) {
      this.#trades.set(instrumentId, { days: [day], prices: [price] });
    } else if (noted.days.at(-1) === day) {
      noted.prices[noted.prices.length - 1] = price;
    } else {
      noted.days.push(day);
      noted.prices.push(price);
    }
  }

  /** A split divides what a unit is worth, as long as the last known price is from before it. */
  noteSplit(split: PriceSplit, instrumentId: string): void {
    const noted = this.#splits.get(instrumentId);
    if (noted) noted.push(split);
    else this.#splits.set(instrumentId, [split]);
    const last = this.#trades.get(instrumentId)?.prices.at(-1);
    if (last !== undefined) this.noteTrade(instrumentId, split.day, divided(last, split));
  }

  /** Splits noted so far, days rising. */
  splits(instrumentId: string): readonly PriceSplit[] {
    return this.#splits.get(instrumentId) ?? [];
  }

  /** The price that stands for the day, or null where nothing is known by then. */
  at(instrumentId: string, day: DayNumber): KnownPrice | null {
    const series = this.#market.get(instrumentId);
    if (series) {
      let index = indexAt(series.days, day);
      while (Number.isNaN(series.close[index])) index--;
      const close = series.close[index];
      const on = series.days[index];
      if (close !== undefined && on !== undefined) {
        return {
          day: on,
          state: this.#ageState(instrumentId, on, day),
          ...this.#sinceSplits(instrumentId, close, on, day, series.source),
        };
      }
    }
    return this.#lastTrade(instrumentId, day);
  }

  #ageState(instrumentId: string, on: DayNumber, day: DayNumber): PriceState {
    if (on === day) return 'market';
    return isStale(on, day, this.#calendarOf(instrumentId)) ? 'stale' : 'carried';
  }

  /** A market close carried over splits is what a unit after them is worth. */
  #sinceSplits(
    instrumentId: string,
    close: number,
    on: DayNumber,
    day: DayNumber,
    source: string,
  ): Pick<KnownPrice, 'price' | 'source'> {
    const passed = this.splits(instrumentId).filter((split) => split.day > on && split.day <= day);
    const price = passed.reduce(divided, marketPrice(close));
    return { price, source: passed.length > 0 ? `${source}, divided by the split since` : source };
  }

  #lastTrade(instrumentId: string, day: DayNumber): KnownPrice | null {
    const noted = this.#trades.get(instrumentId);
    if (!noted) return null;
    const at = indexAt(noted.days, day);
    const on = noted.days[at];
    const price = noted.prices[at];
    return on === undefined || price === undefined
      ? null
      : { price, day: on, state: 'trade', source: 'own trade' };
  }
}

/** quantity × multiplier × price × price factor, in the instrument's currency, rounded once per step. */
export function worth(instrument: Instrument, quantity: Decimal, price: Price): Decimal {
  const units = multiply(quantity, instrument.multiplier);
  return atPrice(atPrice(units, price), instrument.priceFactor);
}
