import { chiSquareSf } from '../../distributions/index.ts';
import type { Fitted } from '../fitted.ts';
import { productAtLag } from './long-run-variance.ts';

/** The outcome of the test. */
export interface LjungBox {
  readonly statistic: number;
  readonly p: number;
  readonly degreesOfFreedom: number;
}

/**
 * Ljung and Box's test of the hypothesis that a series has no autocorrelation up to a lag:
 * Q = n (n + 2) Σ_{k≤lags} ρ_k² ÷ (n − k), χ² with lags − fitted degrees.
 *
 * @param x Shape [n], finite.
 * @param lags From 1 to n − 1.
 * @param fitted Parameters of the model whose residuals these are, less than `lags`; 0 if not given.
 *
 * Source: Greta Ljung and George Box, On a measure of lack of fit in time series models, 1978.
 */
export function ljungBox(x: Float64Array, lags: number, fitted = 0): Fitted<LjungBox> {
  const n = x.length;
  if (!(lags >= 1 && lags < n)) return { why: `${n} values are too few for ${lags} lags` };
  if (fitted >= lags) return { why: `${lags} lags leave nothing for ${fitted} fitted parameters` };
  const mean = x.reduce((sum, each) => sum + each / n, 0);
  const e = x.map((each) => each - mean);
  const squares = productAtLag(e, 0);
  const size = x.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (!(squares > n * (1e-13 * size) ** 2)) return { why: 'the series does not vary' };
  let statistic = 0;
  for (let lag = 1; lag <= lags; lag++) {
    statistic += (n * (n + 2) * (productAtLag(e, lag) / squares) ** 2) / (n - lag);
  }
  const degreesOfFreedom = lags - fitted;
  return { statistic, p: chiSquareSf(statistic, degreesOfFreedom), degreesOfFreedom };
}
