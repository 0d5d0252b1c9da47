/** What a trade of one instrument costs. All in the currency of the prices. */
export interface TradeFees {
  /** A share of the value traded: 0.001 for ten basis points; 0 or more, below 1. */
  readonly rate: number;
  /** For each trade, whatever its size; 0 or more. */
  readonly fixed: number;
}

export interface TradeListRequest {
  readonly names: readonly string[];
  /** Of one unit, above 0, all in one currency, shape [n]. */
  readonly prices: Float64Array;
  /** Of the whole value before fees, 0 or more, sum at most about 1 (the rest stays cash), shape [n]. */
  readonly targets: Float64Array;
  /** Units held now, 0 or more, shape [n]. */
  readonly quantities: Float64Array;
  /** Money now, in the currency of the prices; may be negative, and is then to be raised by sales. */
  readonly cash: number;
  readonly fees?: TradeFees;
  /** Units come in multiples of this, shape [n]: 1 for whole shares, 0.001 for fractions, 0 for any. */
  readonly lotSizes?: Float64Array;
  /** Trades smaller than this value are not made; 0 if not given. */
  readonly minTrade?: number;
  /** Money that must be left over; 0 if not given. */
  readonly minCash?: number;
}
