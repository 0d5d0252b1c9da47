/** An autoregression and what it leaves. */
export interface YuleWalker {
  /** φ, shape [p]; always stationary. */
  readonly ar: Float64Array;
  /** Partial autocorrelations at lags 1 … p, shape [p]. */
  readonly partial: Float64Array;
  /** σ² = γ₀ Π (1 − r_k²). */
  readonly variance: number;
}

/**
 * Fits an autoregression by the equations of Yule and Walker, Σ φ_j γ_{|i−j|} = γ_i, with
 * γ_k = Σ (x_t − x̄)(x_{t+k} − x̄) ÷ n, by the recursion of Levinson and Durbin.
 *
 * statsmodels' `yule_walker(method='mle')`; its default divides γ_k by n − k, and may then leave the
 * stationary region.
 *
 * @param x Finite, shape [n].
 * @param order p, from 0 to n − 1.
 * @returns zeros where the series does not vary.
 *
 * Cost: O(n p). Source: George Box and Gwilym Jenkins, Time Series Analysis, 1970, §3.2.
 */
export function yuleWalker(x: Float64Array, order: number): YuleWalker {
  const n = x.length;
  const mean = x.reduce((sum, each) => sum + each / n, 0);
  const covariances = new Float64Array(order + 1);
  for (let k = 0; k <= order; k++) {
    let sum = 0;
    for (let t = k; t < n; t++) sum += (x[t] - mean) * (x[t - k] - mean);
    covariances[k] = sum / n;
  }
  const ar = new Float64Array(order);
  const partial = new Float64Array(order);
  let [variance] = covariances;
  if (!(variance > 0)) return { ar, partial, variance: 0 };
  for (let k = 0; k < order; k++) {
    let sum = covariances[k + 1];
    for (let j = 0; j < k; j++) sum -= ar[j] * covariances[k - j];
    const r = sum / variance;
    partial[k] = r;
    const before = ar.slice(0, k);
    for (let j = 0; j < k; j++) ar[j] = before[j] - r * before[k - 1 - j];
    ar[k] = r;
    variance *= 1 - r * r;
  }
  return { ar, partial, variance };
}
