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
  const n = x.length;
  if (lag >= n) return Number.NaN;
  const { mean, m2 } = centralMoments(x);
  if (!(m2 > 0)) return Number.NaN;
  let products = 0;
  for (let i = lag; i < n; i++) products += (x[i] - mean) * (x[i - lag] - mean);
  return products / (n * m2);
}
