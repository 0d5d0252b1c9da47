import { standardDeviation } from '@plimsoll/quant/statistics';
import {
  type EngleGranger,
  engleGranger,
  type Fitted,
  type MeanReversion,
  meanReversion,
} from '@plimsoll/quant/time-series';

/** How two prices hang together. */
export interface PairSpread {
  /** β of ln P₁ = c + β ln P₂ + spread: the value of the second held against one of the first. */
  readonly hedgeRatio: number;
  readonly constant: number;
  /** The spread, in logarithms, shape [n]. */
  readonly spread: Float64Array;
  /** Engle and Granger's test of the spread. */
  readonly test: EngleGranger;
  /** How fast the spread comes back, or why it does not. */
  readonly reversion: Fitted<MeanReversion>;
  /** The spread in units of its sample standard deviation, shape [n]. */
  readonly z: Float64Array;
}

/**
 * The spread of two prices: the residual of the logarithm of the first on that of the second and a
 * constant, with the test whether it is stationary, its half-life and its z-score. One unit of value
 * of the first is hedged by `hedgeRatio` units of value of the second.
 *
 * @param first Prices above 0, shape [n].
 * @param second Prices above 0 of the same days, shape [n].
 * @param lags Of the Dickey–Fuller test of the spread: a fixed number, or chosen by AIC if not given.
 *
 * Source: Robert Engle and Clive Granger, Co-integration and error correction, 1987; Evan Gatev,
 * William Goetzmann and Geert Rouwenhorst, Pairs trading, 2006.
 */
export function pairSpread(
  first: Float64Array,
  second: Float64Array,
  lags?: number,
): Fitted<PairSpread> {
  const others = { rows: second.length, columns: 1, data: second.map(Math.log) };
  const test = engleGranger(
    first.map(Math.log),
    others,
    lags === undefined ? {} : { lags, choose: 'fixed' },
  );
  if (test.why !== undefined) return { why: test.why };
  const spread = test.residuals;
  const deviation = standardDeviation(spread);
  return {
    hedgeRatio: test.coefficients[0],
    constant: test.terms[0],
    spread,
    test,
    reversion: meanReversion(spread),
    z: spread.map((each) => each / deviation),
  };
}
