import { type Day, dayFromNumber, dayNumber } from '@plimsoll/kernel';
import type { IntradayHistory, Quote, TimedBars } from '@plimsoll/ports';
import { atTick } from './bar-writer.ts';
import { streamOf } from './chance.ts';
import { DayPath, gridSteps } from './day-path.ts';
import { priceDigits } from './draw-instrument.ts';
import { rateDigits } from './draw-rate.ts';
import { simulatedListings } from './simulated-instruments.ts';
import type { SimulatedMarket } from './simulated-market.ts';

const dayMs = 86_400_000;
/** Far enough back for the last day of trading before any day. */
const daysBack = 10;
const digitsOf = (symbol: string): number =>
  simulatedListings.find((one) => one.symbol === symbol)?.kind === 'fx' ? rateDigits : priceDigits;

/** Half of what lies between bid and ask, as a share of the price. */
const halfSpread = 0.0004;

/** One day of one instrument. */
interface LiveDay {
  readonly day: number;
  readonly path: DayPath;
  readonly volume: number;
  /** NaN on its first day. */
  readonly previousClose: number;
}

/** What is traded at an instant. */
export interface LivePrice {
  readonly last: number;
  readonly bid: number;
  readonly ask: number;
  readonly size: number;
}

/**
 * The simulated market within its days: it trades around the clock by UTC on the days that it has a
 * bar of, from the bar's open to its close. The same seed has the same price at the same instant.
 */
export class LiveMarket {
  readonly #market: SimulatedMarket;
  readonly #seed: number;
  readonly #days = new Map<string, LiveDay | null>();

  constructor(market: SimulatedMarket, seed: number) {
    this.#market = market;
    this.#seed = seed;
  }

  /** Undefined where it does not trade then, or there is no such symbol. */
  price(symbol: string, atMs: number): LivePrice | undefined {
    const live = this.#dayOf(symbol, Math.floor(atMs / dayMs));
    return live ? this.#priceWithin(symbol, live, atMs / dayMs - live.day) : undefined;
  }

  /** The latest at an instant, of the last day of trading where none is under way. */
  quote(symbol: string, atMs: number, currency: string): Quote | undefined {
    const today = Math.floor(atMs / dayMs);
    const { bars } = this.#history(symbol, today - daysBack, today + 1) ?? {};
    const last = bars?.days.at(-1);
    const live = last === undefined ? undefined : this.#dayOf(symbol, last);
    if (!live) return undefined;
    const at = Math.min(atMs, (live.day + 1) * dayMs - 1);
    const prices = this.#priceWithin(symbol, live, at / dayMs - live.day);
    return { symbol, at, ...prices, previousClose: live.previousClose, currency };
  }

  /** Bars of a length that began in `[from, until)` and are over; undefined for an unknown symbol. */
  bars(
    symbol: string,
    lengthMs: number,
    from: number,
    until: number,
  ): Pick<IntradayHistory, 'bars'> | undefined {
    const [first, last] = [Math.floor(from / dayMs), Math.ceil(until / dayMs)];
    const history = this.#history(symbol, first, Math.max(first, last));
    if (!history) return undefined;
    const columns: number[][] = [[], [], [], [], [], []];
    for (const day of history.bars.days) {
      const live = this.#dayOf(symbol, day);
      if (live) barsOfDay(live, { lengthMs, from, until, digits: digitsOf(symbol) }, columns);
    }
    return { bars: toBars(columns) };
  }

  #priceWithin(symbol: string, { day, path }: LiveDay, share: number): LivePrice {
    const digits = digitsOf(symbol);
    const last = atTick(path.at(share), digits);
    const gap = Math.max(last * halfSpread, 10 ** -digits);
    const size = 1 + Math.floor(99 * streamOf(this.#seed, `${symbol} ${day + share}`).next() ** 3);
    return { last, bid: atTick(last - gap, digits), ask: atTick(last + gap, digits), size };
  }

  #history(symbol: string, from: number, until: number) {
    return this.#market.history(symbol, dayText(from), dayText(until));
  }

  /** Null where the instrument does not trade on the day. */
  #dayOf(symbol: string, day: number): LiveDay | null {
    const name = `${symbol} ${day}`;
    const known = this.#days.get(name);
    if (known !== undefined) return known;
    const drawn = this.#draw(symbol, day, name);
    if (this.#days.size > 2000) this.#days.clear();
    this.#days.set(name, drawn);
    return drawn;
  }

  #draw(symbol: string, day: number, name: string): LiveDay | null {
    const bars = this.#history(symbol, day - daysBack, day + 1)?.bars;
    const row = (bars?.days.length ?? 0) - 1;
    if (!bars || bars.days[row] !== day) return null;
    const at = (column: Float64Array): number => column[row] ?? Number.NaN;
    const close = at(bars.close);
    const known = (value: number): number => (Number.isNaN(value) ? close : value);
    const terms = {
      open: known(at(bars.open)),
      high: known(at(bars.high)),
      low: known(at(bars.low)),
      close,
    };
    return {
      day,
      path: new DayPath(this.#seed, name, terms),
      volume: at(bars.volume),
      previousClose: bars.close[row - 1] ?? Number.NaN,
    };
  }
}

/** A day that the market's calendar can hold. */
const dayText = (day: number): Day =>
  dayFromNumber(Math.max(dayNumber('1900-01-01'), Math.min(dayNumber('2999-12-31'), day)));

interface BarTerms {
  readonly lengthMs: number;
  readonly from: number;
  readonly until: number;
  readonly digits: number;
}

function barsOfDay(live: LiveDay, terms: BarTerms, columns: number[][]): void {
  const { lengthMs, from, until, digits } = terms;
  const grid = live.path.grid();
  const begins = live.day * dayMs;
  const count = dayMs / lengthMs;
  for (let i = 0; i < count; i++) {
    const start = begins + i * lengthMs;
    if (start < from || start >= until) continue;
    const first = Math.ceil((i * gridSteps) / count);
    // The last bar has the day's close, where the path ends.
    const last = i + 1 === count ? gridSteps : Math.ceil(((i + 1) * gridSteps) / count) - 1;
    let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let at = first; at <= last; at++) {
      high = Math.max(high, grid[at] as number);
      low = Math.min(low, grid[at] as number);
    }
    const traded = cumulative(live.volume, (i + 1) / count) - cumulative(live.volume, i / count);
    const row = [grid[first], high, low, grid[last]].map((price) => atTick(price ?? 0, digits));
    for (const [column, value] of [start, ...row, traded].entries()) columns[column]?.push(value);
  }
}

/** What was traded by then: more at the beginning and the end of the day. Sums to the day's volume. */
const cumulative = (volume: number, share: number): number =>
  Math.round(volume * (share + (0.6 * Math.sin(2 * Math.PI * share)) / (2 * Math.PI)));

function toBars(columns: readonly number[][]): TimedBars {
  const column = (at: number): Float64Array => Float64Array.from(columns[at] ?? []);
  return {
    from: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}
