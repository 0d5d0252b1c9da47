import { type DayNumber, priceToFloat, toFloat } from '@plimsoll/kernel';
import type { Book } from '../ledger/book.ts';
import type { Line } from '../ledger/lines.ts';
import { fillDaily, indexAt } from '../prices/price-series.ts';
import type { ClosingPrices, PriceSplit } from './price-book.ts';

/** Daily columns of one line, in the base currency, shape [days]. */
export interface LineValues {
  readonly key: string;
  readonly value: Float64Array;
  readonly inflow: Float64Array;
  readonly outflow: Float64Array;
}

/** Daily columns of the accounts looked at, in the base currency, shape [days]. */
export interface DailyValues {
  readonly first: DayNumber;
  /** End-of-day value: Σ quantity × multiplier × price × price factor × rate, cash included. */
  readonly value: Float64Array;
  /** External flows of the day, each ≥ 0. */
  readonly inflow: Float64Array;
  readonly outflow: Float64Array;
  /** Value at the end of the day before `first`. */
  readonly startValue: number;
  readonly lines: readonly LineValues[];
  /** Days × lines with units but no known price or rate; those count as nothing. */
  readonly missing: number;
}

/**
 * Values every day from `first` to `last`, both included, from the columns the book gathered. Float64;
 * agrees with `valueBook` of the same day within half a minor unit. Cost: lines × days.
 */
export function dailyValues(book: Book, first: DayNumber, last: DayNumber): DailyValues {
  const days = Math.max(0, last - first + 1);
  const value = new Float64Array(days);
  const price = new Float64Array(days);
  const rate = new Float64Array(days);
  const rates = new Map<string, Float64Array>();
  const lines: LineValues[] = [];
  let missing = 0;
  for (const line of book.lines) {
    const unit = fillUnits(book, line.key, first, price);
    const column = rates.get(unit.currency) ?? fillRates(book, rates, unit.currency, first, days);
    rate.set(column);
    const own = new Float64Array(days);
    missing += addLine(line, unit.factor, first, price, rate, own, value);
    lines.push({ key: line.key, value: own, ...lineFlows(line, first, days) });
  }
  return {
    first,
    value,
    ...externalFlows(book, first, days),
    startValue: toFloat(book.startValue),
    lines,
    missing,
  };
}

function fillRates(
  book: Book,
  rates: Map<string, Float64Array>,
  currency: string,
  first: DayNumber,
  days: number,
): Float64Array {
  const column = new Float64Array(days);
  book.options.rates.fill(currency, first, column);
  rates.set(currency, column);
  return column;
}

interface Unit {
  readonly currency: string;
  readonly factor: number;
}

/** Fills `out` with what one quoted unit costs each day: own trades until the market is known, then the market. */
function fillUnits(book: Book, key: string, first: DayNumber, out: Float64Array): Unit {
  if (key.startsWith('cash:')) {
    out.fill(1);
    return { currency: key.slice(5), factor: 1 };
  }
  const instrument = book.instrument(key);
  const last = first + out.length - 1;
  const market = book.options.prices.market(key);
  if (market) {
    fillDaily(market, first, last, out);
    for (const split of book.options.prices.splits(key)) divide(market, split, first, out);
  } else out.fill(Number.NaN);
  if (out.length > 0 && Number.isNaN(out[0])) fillFromTrades(book, key, first, out);
  const factor = toFloat(instrument.multiplier) * priceToFloat(instrument.priceFactor);
  return { currency: instrument.currency, factor };
}

/** Divides what is carried over a split, up to the first price after it. */
function divide(
  market: ClosingPrices,
  split: PriceSplit,
  first: DayNumber,
  out: Float64Array,
): void {
  if (split.numerator === 0n) return;
  const ratio = toFloat(split.denominator) / toFloat(split.numerator);
  let next = indexAt(market.days, split.day - 1) + 1;
  while (Number.isNaN(market.close[next])) next++;
  const until = Math.min(out.length, (market.days[next] ?? Number.POSITIVE_INFINITY) - first);
  for (let i = Math.max(0, split.day - first); i < until; i++) out[i] = (out[i] ?? 0) * ratio;
}

/** Puts the user's own trade prices where no market price is known yet. */
function fillFromTrades(book: Book, key: string, first: DayNumber, out: Float64Array): void {
  const trades = book.options.prices.trades(key);
  if (!trades) return;
  const days = Int32Array.from(trades.days);
  const close = Float64Array.from(trades.prices, priceToFloat);
  const own = new Float64Array(out.length);
  fillDaily({ days, close }, first, first + out.length - 1, own);
  for (let i = 0; i < out.length && Number.isNaN(out[i]); i++) out[i] = own[i] ?? Number.NaN;
}

/** Adds quantity × price × rate of one line to its own column and the total; answers the days it could not. */
function addLine(
  line: Line,
  factor: number,
  first: DayNumber,
  price: Float64Array,
  rate: Float64Array,
  own: Float64Array,
  total: Float64Array,
): number {
  const days = own.length;
  let missing = 0;
  for (let k = 0; k < line.days.length; k++) {
    const quantity = (line.quantities[k] ?? 0) * factor;
    if (quantity === 0) continue;
    const from = Math.max(0, (line.days[k] ?? 0) - first);
    const until = Math.min(days, (line.days[k + 1] ?? Number.POSITIVE_INFINITY) - first);
    for (let i = from; i < until; i++) {
      const worth = quantity * (price[i] ?? 0) * (rate[i] ?? 0);
      if (Number.isNaN(worth)) missing++;
      else {
        own[i] = worth;
        total[i] = (total[i] ?? 0) + worth;
      }
    }
  }
  return missing;
}

function lineFlows(line: Line, first: DayNumber, days: number): Omit<LineValues, 'key' | 'value'> {
  const inflow = new Float64Array(days);
  const outflow = new Float64Array(days);
  for (let k = 0; k < line.flowDays.length; k++) {
    const at = (line.flowDays[k] ?? 0) - first;
    if (at < 0 || at >= days) continue;
    inflow[at] = (inflow[at] ?? 0) + (line.inflows[k] ?? 0);
    outflow[at] = (outflow[at] ?? 0) + (line.outflows[k] ?? 0);
  }
  return { inflow, outflow };
}

function externalFlows(book: Book, first: DayNumber, days: number) {
  const inflow = new Float64Array(days);
  const outflow = new Float64Array(days);
  for (const [day, flow] of book.flows) {
    const at = day - first;
    if (at < 0 || at >= days) continue;
    inflow[at] = toFloat(flow.inflow);
    outflow[at] = toFloat(flow.outflow);
  }
  return { inflow, outflow };
}
