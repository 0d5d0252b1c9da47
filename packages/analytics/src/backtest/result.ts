import type { OrderState } from '@plimsoll/domain';

/** Fills as columns, in the order in which they happened. Money in base currency. */
export interface FillColumns {
  readonly order: Int32Array;
  /** Place of the instrument in the result's list. */
  readonly instrument: Int32Array;
  /** Moment whose bar it was filled in. */
  readonly moment: Int32Array;
  /** Milliseconds. */
  readonly at: Float64Array;
  /** Below zero where sold. */
  readonly quantity: Float64Array;
  /** Paid or had, slippage in it; in the instrument's currency. */
  readonly price: Float64Array;
  /** Before slippage. */
  readonly marketPrice: Float64Array;
  /** Of what changed hands, ≥ 0. */
  readonly value: Float64Array;
  readonly commission: Float64Array;
  readonly slippage: Float64Array;
}

/** What became of an order. */
export interface OrderRecord {
  readonly id: number;
  readonly instrumentId: string;
  readonly side: 'buy' | 'sell';
  readonly kind: string;
  readonly quantity: number;
  readonly filled: number;
  readonly averagePrice: number | null;
  /** Milliseconds. */
  readonly submittedAt: number;
  readonly doneAt: number | null;
  readonly state: OrderState;
  /** Why it was placed. */
  readonly why: string;
  /** Why it was rejected, cancelled, expired or cut. */
  readonly reason: string;
}

/** A round trip from flat to flat, or what is open at the end. Money in base currency. */
export interface Trade {
  readonly instrumentId: string;
  readonly side: 'long' | 'short';
  /** Milliseconds. */
  readonly entryAt: number;
  /** Null where it is open. */
  readonly exitAt: number | null;
  /** Averages over the fills. */
  readonly entryPrice: number;
  readonly exitPrice: number | null;
  /** The largest quantity held. */
  readonly quantity: number;
  /** Before commission; of an open one at the last close. */
  readonly gross: number;
  readonly commission: number;
  /** Dividends, interest and fees that came of holding it. */
  readonly carry: number;
  readonly net: number;
  /** Bars held. */
  readonly bars: number;
  /** Largest adverse and favourable excursion of the price from the entry, as shares of it, ≥ 0. */
  readonly mae: number;
  readonly mfe: number;
  readonly whyEntered: string;
  readonly whyLeft: string;
}

export interface LogLine {
  /** Milliseconds. */
  readonly at: number;
  readonly kind: 'strategy' | 'order' | 'event' | 'account';
  readonly text: string;
}

/** Sums over the run, in base currency, each ≥ 0 where it was paid. */
export interface CostTotals {
  readonly commission: number;
  readonly slippage: number;
  readonly currency: number;
  readonly borrow: number;
  readonly interestPaid: number;
  readonly interestEarned: number;
  readonly dividends: number;
  readonly withheld: number;
}

/** What a backtest gives: columns by moment, fills, orders, trades and what was said on the way. */
export interface BacktestResult {
  readonly base: string;
  readonly instrumentIds: readonly string[];
  /** Moments, milliseconds. */
  readonly at: Float64Array;
  /** After the moment's fills, at its closes. */
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Sum of the positions' absolute values, and of their values. */
  readonly gross: Float64Array;
  readonly net: Float64Array;
  /** Cash at the start. */
  readonly started: number;
  readonly bars: number;
  readonly fills: FillColumns;
  readonly orders: readonly OrderRecord[];
  readonly trades: readonly Trade[];
  readonly costs: CostTotals;
  readonly log: readonly LogLine[];
  /** Lines of the log left out because there were too many. */
  readonly logLeftOut: number;
  /** What the reader must know: data made up, assumptions that mattered, one sentence each. */
  readonly notes: readonly string[];
}
