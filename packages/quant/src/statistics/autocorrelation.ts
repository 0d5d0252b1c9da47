import { centralMoments } from './moments.ts';

/**
 * Autocorrelation at a lag: Σ (xₜ − x̄)(xₜ₊ₗ − x̄) ÷ Σ (xₜ − x̄)², with the mean and the sum of squares of
 * the whole, so that |ρ| ≤ 1 and the matrix of all lags is positive semi-definite.
 *
 * @param x Shape [n].
 * @param lag From 0 to n − 1.
 * @returns NaN for values all alike or a lag that leaves no pair.
 *
 * **Source:** G. E. P. Box, G. M. Jenkins, Time series analysis: forecasting and control, 1970.
 */
export function autocorrelation(x: Float64Array, lag: number): number {
  return autocorrelationsBetween(x, lag, lag)[0];
}

/**
 * Autocorrelations at the lags 1 to `lags`; see `autocorrelation`.
 *
 * @returns shape [lags]. Cost n × lags.
 */
export const autocorrelations = (x: Float64Array, lags: number): Float64Array =>
  autocorrelationsBetween(x, 1, lags);

function autocorrelationsBetween(x: Float64Array, first: number, last: number): Float64Array {
  const n = x.length;
  const { mean, m2 } = centralMoments(x);
  const centred = new Float64Array(n);
  for (let i = 0; i < n; i++) centred[i] = x[i] - mean;
  const found = new Float64Array(Math.max(0, last - first + 1)).fill(Number.NaN);
  if (!(m2 > 0)) return found;
  for (let lag = first; lag <= last && lag < n; lag++) {
    found[lag - first] = productsApart(centred, lag) / (n * m2);
  }
  return found;
}

/** Σ xₜ xₜ₋ₗ, in four sums side by side. */
function productsApart(x: Float64Array, lag: number): number {
  const n = x.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = lag;
  for (; i + 3 < n; i += 4) {
    a += x[i] * x[i - lag];
    b += x[i + 1] * x[i + 1 - lag];
    c += x[i + 2] * x[i + 2 - lag];
    d += x[i + 3] * x[i + 3 - lag];
  }
  for (; i < n; i++) a += x[i] * x[i - lag];
  return a + b + (c + d);
}
