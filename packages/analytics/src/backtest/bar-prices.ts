import type { Order } from './holding.ts';
/** A bar, or a finer one within it. `open` is what orders see first. */
export interface BarPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/**
 * The highest and lowest price of a bar, of which open and close are two: bars of rounded or adjusted
 * prices may have an open just outside of their range. NaN where nothing is known.
 */
export const highOf = ({ open, high, close }: BarPrices): number =>
  larger(larger(high, open), close);
export const lowOf = ({ open, low, close }: BarPrices): number =>
  smaller(smaller(low, open), close);

const larger = (a: number, b: number): number => (Number.isNaN(a) || b > a ? b : a);
const smaller = (a: number, b: number): number => (Number.isNaN(a) || b < a ? b : a);

/** Where a stop or trailing order stands; NaN for all else. */
export function stopLevel({ type, sign, best }: Order): number {
  if (type.kind === 'stop' || type.kind === 'stop-limit') return type.stop;
  if (type.kind !== 'trailing') return Number.NaN;
  // A sale follows the highest price from below, a purchase the lowest from above.
  return type.as === 'price' ? best + sign * type.by : best * (1 + sign * type.by);
}

/** The limit of a limit order, or of a stop-limit order whose stop was reached; NaN for all else. */
function limitLevel({ type, triggered }: Order): number {
  if (type.kind === 'limit') return type.limit;
  return type.kind === 'stop-limit' && triggered ? type.limit : Number.NaN;
}

/** Whether `price` is at least as good as `level` for who buys (1) or sells (−1). */
const asGood = (sign: number, price: number, level: number): boolean => sign * (level - price) >= 0;

/**
 * The price at which an order fills when trading starts at `open`, NaN where it does not: a market
 * order fills; a stop that was passed over fills at the open, as does a limit that the open betters.
 */
export function priceAtOpen(order: Order, open: number): number {
  if (Number.isNaN(open)) return Number.NaN;
  const { kind } = order.type;
  if (kind === 'market' || kind === 'market-on-open') return open;
  if (kind === 'market-on-close') return Number.NaN;
  // What is left of a stop that was reached takes what it gets.
  if (order.triggered && (kind === 'stop' || kind === 'trailing')) return open;
  const stop = order.triggered ? Number.NaN : stopLevel(order);
  if (!Number.isNaN(stop)) {
    if (!asGood(-order.sign, open, stop)) return Number.NaN;
    order.triggered = true;
    if (kind !== 'stop-limit') return open;
  }
  return asGood(order.sign, open, limitLevel(order)) ? open : Number.NaN;
}

/** What may happen between the open and the close of a bar. */
export interface Within {
  /** How far the price came for limits: further than touching them, where that is asked for. */
  readonly through: boolean;
  /** Only what must have happened after an entry by limit in the same bar: the close alone counts. */
  readonly afterLimit: boolean;
}

/**
 * The price at which an order fills after the open and up to the close, NaN where it does not. The
 * open is on the other side of each level: `priceAtOpen` was asked first.
 */
export function priceWithin(order: Order, bar: BarPrices, within: Within): number {
  const stop = order.triggered ? Number.NaN : stopLevel(order);
  if (Number.isNaN(stop)) return limitWithin(order, bar, within);
  return stopWithin(order, bar, { ...within, stop });
}

function stopWithin(
  order: Order,
  bar: BarPrices,
  { stop, through }: Within & { readonly stop: number },
): number {
  const { sign, type } = order;
  const reached = sign === 1 ? highOf(bar) >= stop : lowOf(bar) <= stop;
  if (!reached) return Number.NaN;
  order.triggered = true;
  if (type.kind !== 'stop-limit') return stop;
  if (asGood(sign, stop, type.limit)) return stop;
  // Whether the price came back to the limit after the stop is only sure of the close.
  return limitWithin(order, bar, { through, afterLimit: true });
}

function limitWithin(order: Order, bar: BarPrices, { through, afterLimit }: Within): number {
  const { sign } = order;
  const limit = limitLevel(order);
  if (Number.isNaN(limit)) return Number.NaN;
  const best = afterLimit ? bar.close : sign === 1 ? lowOf(bar) : highOf(bar);
  const far = sign * (limit - best);
  return (through ? far > 0 : far >= 0) ? limit : Number.NaN;
}
