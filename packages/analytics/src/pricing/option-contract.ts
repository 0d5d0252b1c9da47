/** A right to buy (call) or to sell (put) at the strike. */
export type OptionKind = 'call' | 'put';

/** An option on something that pays a continuous yield, and the market it is priced in. */
export interface OptionMarket {
  readonly kind: OptionKind;
  /** Price of one unit of what the option is on, above 0. */
  readonly spot: number;
  /** In the unit of `spot`, above 0. */
  readonly strike: number;
  /** Time to expiry, at least 0. */
  readonly years: number;
  /** Continuously compounded, a year; 0.05 is 5 %. */
  readonly rate: number;
  /** Continuously compounded yield of what the option is on (dividends, foreign rate), a year. */
  readonly dividendYield: number;
  /** Standard deviation of the log return, a year, at least 0. */
  readonly volatility: number;
}

/** +1 for a call, −1 for a put. */
export const signOf = (kind: OptionKind): 1 | -1 => (kind === 'call' ? 1 : -1);
