/**
 * The variance of the sum of a series per step, by Bartlett's weights:
 * (Σ e_t² + 2 Σ_{l≤L} (1 − l ÷ (L + 1)) Σ e_t e_{t−l}) ÷ n.
 *
 * @param e Shape [n], taken as it is: take its mean off first where it has one.
 *
 * Source: Whitney Newey and Kenneth West, A simple, positive semi-definite, heteroskedasticity and
 * autocorrelation consistent covariance matrix, 1987.
 */
export function longRunVariance(e: Float64Array, lags: number): number {
  let sum = 0;
  for (const each of e) sum += each * each;
  for (let lag = 1; lag <= Math.min(lags, e.length - 1); lag++) {
    sum += 2 * (1 - lag / (lags + 1)) * productAtLag(e, lag);
  }
  return sum / e.length;
}

/** Σ e_t e_{t−lag}. */
export function productAtLag(e: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < e.length; t++) sum += e[t] * e[t - lag];
  return sum;
}
