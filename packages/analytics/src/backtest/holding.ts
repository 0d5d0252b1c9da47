import type { AdjustedColumns } from './adjusted-bars.ts';
import type { BacktestBars, BacktestInstrument } from './market.ts';
import type { Order } from './order.ts';

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
  alive: boolean;
  /** Units held; below zero where sold short. */
  quantity: number;
  /** Average price of what is held, in the instrument's currency. */
  averagePrice: number;
  /** Base currency for a unit of the instrument's. */
  rate: number;
  /** The newest signal asked for; NaN before the first. */
  signal: number;
  /** Orders not done yet, by number. */
  readonly orders: Order[];
  /** Orders not done yet in all of the run. */
  readonly waiting: { count: number };
}

/** Value of a position in base currency, at the newest close. */
export const positionValue = (held: Holding): number =>
  held.quantity === 0 ? 0 : held.quantity * unitValue(held);

/** Value of one unit in base currency, at the newest close. */
export const unitValue = (held: Holding): number =>
  (held.bars.close[held.row] ?? Number.NaN) * held.instrument.multiplier * held.rate;
