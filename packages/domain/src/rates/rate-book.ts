import {
  type DayNumber,
  dividePrices,
  marketPrice,
  multiplyPrices,
  type Price,
  priceToFloat,
  unitPrice,
} from '@plimsoll/kernel';
import type { Currency } from '../ledger/instrument.ts';
import { fillDaily, indexAt } from '../prices/price-series.ts';

/** Units of `quote` per one unit of `base`, by day. */
export interface RateSeries {
  readonly base: Currency;
  readonly quote: Currency;
  readonly days: Int32Array;
  readonly close: Float64Array;
  readonly source: string;
}

/** One step of a conversion: through which pair, in which direction, as of which day. */
export interface RateLeg {
  readonly from: Currency;
  readonly to: Currency;
  readonly rate: Price;
  readonly day: DayNumber;
  readonly source: string;
}

/** A rate with the path it came through. */
export interface Rate {
  readonly rate: Price;
  readonly legs: readonly RateLeg[];
}

interface Quote {
  readonly rate: Price;
  readonly day: DayNumber;
}

/** One direction of one pair. */
interface Step {
  readonly from: Currency;
  readonly to: Currency;
  readonly inverted: boolean;
  readonly booked: boolean;
  readonly source: string;
  /** The pair's own quote (not inverted), last known on or before the day. */
  at(day: DayNumber): Quote | null;
  /** The same by day as float64, NaN before the first. */
  fill(first: DayNumber, out: Float64Array): void;
}

type Quotes = Pick<Step, 'at' | 'fill'>;

const longestPath = 3;
const bookedSource = 'booked';

/**
 * Exchange rates into one currency. A rate is the last known on or before the day, never a later
 * one; crosses go through the fewest pairs that are known by that day. Rates that the user's own
 * transactions booked stand in where market pairs alone do not lead to the target.
 */
export class RateBook {
  readonly target: Currency;
  readonly #series: readonly RateSeries[];
  readonly #steps = new Map<Currency, Step[]>();
  readonly #paths = new Map<Currency, readonly (readonly Step[])[]>();
  /** Market rates only: booked ones can still change on the day. */
  #cache = new Map<Currency, Map<DayNumber, Rate>>();
  readonly #booked = new Map<string, { days: number[]; rates: Price[] }>();

  constructor(target: Currency, series: readonly RateSeries[]) {
    this.target = target;
    this.#series = series;
    for (const pair of series) {
      this.#addPair(pair.base, pair.quote, pair.source, false, marketQuotes(pair));
    }
  }

  /** The same market rates without what transactions booked. */
  fork(): RateBook {
    const fork = new RateBook(this.target, this.#series);
    fork.#cache = this.#cache;
    return fork;
  }

  #addPair(base: Currency, quote: Currency, source: string, booked: boolean, quotes: Quotes): void {
    const add = (step: Step): void => {
      const known = this.#steps.get(step.from);
      if (known) known.push(step);
      else this.#steps.set(step.from, [step]);
    };
    add({ from: base, to: quote, inverted: false, booked, source, ...quotes });
    add({ from: quote, to: base, inverted: true, booked, source, ...quotes });
    this.#paths.clear();
  }

  /** Remembers a rate that a transaction booked: `rate` units of `to` per unit of `from`. Days never go back. */
  noteBooked(from: Currency, to: Currency, day: DayNumber, rate: Price): void {
    if (from === to || rate <= 0n) return;
    const key = `${from}/${to}`;
    const known = this.#booked.get(key);
    if (known) {
      if (known.days.at(-1) === day) known.rates[known.rates.length - 1] = rate;
      else {
        known.days.push(day);
        known.rates.push(rate);
      }
    } else {
      const noted = { days: [day], rates: [rate] };
      this.#booked.set(key, noted);
      this.#addPair(from, to, bookedSource, true, bookedQuotes(noted));
    }
  }

  /** Target units per unit of `currency` on `day`; null where nothing is known by then. */
  rate(currency: Currency, day: DayNumber): Price | null {
    if (currency === this.target) return unitPrice;
    return this.lookUp(currency, day)?.rate ?? null;
  }

  /** The same with the path it came through. */
  lookUp(currency: Currency, day: DayNumber): Rate | null {
    if (currency === this.target) return { rate: unitPrice, legs: [] };
    let cached = this.#cache.get(currency);
    if (!cached) {
      cached = new Map();
      this.#cache.set(currency, cached);
    }
    const known = cached.get(day);
    if (known !== undefined) return known;
    const found = this.#find(currency, day);
    if (found?.legs.every((leg) => leg.source !== bookedSource)) cached.set(day, found);
    return found;
  }

  /** `to` units per unit of `from`, through the target. */
  cross(from: Currency, to: Currency, day: DayNumber): Price | null {
    if (from === to) return unitPrice;
    const first = this.rate(from, day);
    const second = this.rate(to, day);
    return first === null || second === null || second === 0n ? null : dividePrices(first, second);
  }

  /**
   * Daily target units per unit of `currency` as float64, carried forward; NaN before the first.
   * Agrees with `rate` to float64's precision. Cost: legs × days, no exact arithmetic.
   */
  fill(currency: Currency, first: DayNumber, out: Float64Array): void {
    if (currency === this.target) {
      out.fill(1);
      return;
    }
    out.fill(Number.NaN);
    const rate = new Float64Array(out.length);
    const leg = new Float64Array(out.length);
    for (const path of this.#pathsFrom(currency)) {
      rate.fill(1);
      for (const step of path) {
        step.fill(first, leg);
        for (let i = 0; i < rate.length; i++) {
          const quote = leg[i] ?? Number.NaN;
          rate[i] = step.inverted ? (rate[i] ?? 0) / quote : (rate[i] ?? 0) * quote;
        }
      }
      let open = 0;
      for (let i = 0; i < out.length; i++) {
        if (!Number.isNaN(out[i])) continue;
        out[i] = rate[i] ?? Number.NaN;
        if (Number.isNaN(out[i])) open++;
      }
      if (open === 0) return;
    }
  }

  #find(currency: Currency, day: DayNumber): Rate | null {
    for (const path of this.#pathsFrom(currency)) {
      const found = follow(path, day);
      if (found) return found;
    }
    return null;
  }

  #pathsFrom(currency: Currency): readonly (readonly Step[])[] {
    const known = this.#paths.get(currency);
    if (known) return known;
    const found: Step[][] = [];
    const walk = (at: Currency, path: Step[], seen: ReadonlySet<Currency>): void => {
      if (at === this.target) {
        found.push(path);
        return;
      }
      if (path.length === longestPath) return;
      for (const step of this.#steps.get(at) ?? []) {
        if (!seen.has(step.to)) walk(step.to, [...path, step], new Set([...seen, step.to]));
      }
    };
    walk(currency, [], new Set([currency]));
    const bookedLegs = (path: Step[]): number => path.filter((step) => step.booked).length;
    found.sort((a, b) => bookedLegs(a) - bookedLegs(b) || a.length - b.length);
    this.#paths.set(currency, found);
    return found;
  }
}

const marketQuotes = (series: RateSeries): Quotes => ({
  at: (day) => {
    const at = indexAt(series.days, day);
    const close = at < 0 ? undefined : series.close[at];
    const on = series.days[at];
    if (close === undefined || on === undefined || !(close > 0)) return null;
    return { rate: marketPrice(close), day: on };
  },
  fill: (first, out) => {
    fillDaily(series, first, first + out.length - 1, out);
  },
});

const bookedQuotes = (noted: { readonly days: number[]; readonly rates: Price[] }): Quotes => ({
  at: (day) => lastNoted(noted, day),
  fill: (first, out) => {
    const days = Int32Array.from(noted.days);
    const close = Float64Array.from(noted.rates, priceToFloat);
    fillDaily({ days, close }, first, first + out.length - 1, out);
  },
});

function lastNoted(noted: { days: number[]; rates: Price[] }, day: DayNumber): Quote | null {
  const at = indexAt(noted.days, day);
  const on = noted.days[at];
  const rate = noted.rates[at];
  return on === undefined || rate === undefined ? null : { rate, day: on };
}

function follow(path: readonly Step[], day: DayNumber): Rate | null {
  const legs: RateLeg[] = [];
  let rate: Price = unitPrice;
  for (const step of path) {
    const quote = step.at(day);
    if (!quote) return null;
    rate = step.inverted ? dividePrices(rate, quote.rate) : multiplyPrices(rate, quote.rate);
    legs.push({
      from: step.from,
      to: step.to,
      rate: step.inverted ? dividePrices(unitPrice, quote.rate) : quote.rate,
      day: quote.day,
      source: step.source,
    });
  }
  return { rate, legs };
}
