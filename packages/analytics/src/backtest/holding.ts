import type { AdjustedColumns } from './adjusted-bars.ts';
import type { BacktestBars, BacktestInstrument, InstrumentEvent } from './market.ts';
import type { Order } from './order.ts';
import type { OrderLog } from './order-log.ts';

/** The orders of all of a run, as far as an instrument has to know. */
export interface Waiting {
  /** Those not done yet. */
  count: number;
  /** Where those that are done are taken down; null where nobody wants to know. */
  readonly log: OrderLog | null;
}

/** One instrument at the moment a run has come to: its newest bar, and what is held of it. */
export interface Holding {
  /** Place in the market's list. */
  readonly index: number;
  readonly instrument: BacktestInstrument;
  readonly bars: BacktestBars;
  /** What indicators see. */
  readonly signals: AdjustedColumns;
  /** Row of the newest bar known; −1 before the first. */
  row: number;
  /** Moment at which the newest bar became known. */
  moment: number;
  /** False once it is delisted or has expired. */
  alive: boolean;
  /** Units held; below zero where sold short. */
  quantity: number;
  /** Average price of what is held, in the instrument's currency. */
  averagePrice: number;
  /** The newest close that is known, in its currency; NaN before the first. */
  price: number;
  /** Base currency for a unit of the instrument's; NaN where none is known. */
  rate: number;
  /** The newest signal asked for; NaN before the first. */
  signal: number;
  /** Units of the newest bar that orders may still take. */
  volumeLeft: number;
  /** The moment whose bar `volumeLeft` is of. */
  volumeOf: number;
  /** Orders not done yet, by number. */
  readonly orders: Order[];
  readonly waiting: Waiting;
  /** What happens to it, by time, and the place of what happens next. */
  readonly events: readonly InstrumentEvent[];
  nextEvent: number;
  /** What an option may be exercised for; null for all else. */
  underlying: Holding | null;
}

/** An instrument of which nothing is known or held yet. */
export const newHolding = (
  instrument: BacktestInstrument,
  index: number,
  {
    signals = instrument.bars,
    waiting = { count: 0, log: null },
  }: { readonly signals?: AdjustedColumns; readonly waiting?: Waiting } = {},
): Holding => ({
  index,
  instrument,
  bars: instrument.bars,
  signals,
  row: -1,
  moment: -1,
  alive: true,
  quantity: 0,
  averagePrice: Number.NaN,
  price: Number.NaN,
  rate: 1,
  signal: Number.NaN,
  volumeLeft: Number.POSITIVE_INFINITY,
  volumeOf: -1,
  orders: [],
  waiting,
  events: [...instrument.events].sort((a, b) => a.at - b.at),
  nextEvent: 0,
  underlying: null,
});

/** Base currency for a point of price of one unit. */
export const pointValue = (held: Holding): number => held.instrument.multiplier * held.rate;

/** Value of one unit in base currency, at the newest close. */
export const unitValue = (held: Holding): number =>
  held.price * held.instrument.multiplier * held.rate;

/** Value of a position in base currency, at the newest close. */
export const positionValue = (held: Holding): number =>
  held.quantity === 0 ? 0 : held.quantity * unitValue(held);
