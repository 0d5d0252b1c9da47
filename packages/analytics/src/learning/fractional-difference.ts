import { ok, type Result, refuse } from '@plimsoll/kernel';

/**
 * Weights of the fractional difference (1 − B)^d: w₀ = 1, wₖ = −wₖ₋₁ (d − k + 1) ÷ k.
 *
 * @param order d; 1 is the plain difference, 0 the series itself.
 * @param count How many, at least 1.
 * @returns shape [count], newest observation first.
 *
 * Source: Hosking, "Fractional differencing" (1981); López de Prado, Advances in Financial Machine
 * Learning (2018), §5.4.
 */
export function fractionalWeights(order: number, count: number): Float64Array {
  const weights = new Float64Array(count);
  weights[0] = 1;
  for (let k = 1; k < count; k++) weights[k] = (-weights[k - 1] * (order - k + 1)) / k;
  return weights;
}

/** A differenced series and the window that it took. */
export interface FractionalDifference {
  /** Shape [n − window + 1], oldest first: the first value is that of observation `window` − 1. */
  readonly values: Float64Array;
  /** Observations that each value rests on. */
  readonly window: number;
  readonly weights: Float64Array;
}

/**
 * Fractional difference of a series by a fixed window: x̃ₜ = Σ_{k < window} wₖ xₜ₋ₖ, the window ending
 * before the first weight that is smaller than the threshold.
 *
 * @param series Oldest first, all finite.
 * @param order d, from 0 to 2: enough to make the series stationary, small enough to keep memory.
 * @param threshold Above 0; 1e-5 keeps nearly all, 1e-3 makes windows shorter.
 * @returns refused where the window is longer than the series.
 *
 * Cost: n × window. Source: López de Prado, Advances in Financial Machine Learning (2018), §5.5.
 */
export function fractionalDifference(
  series: Float64Array,
  order: number,
  threshold: number,
): Result<FractionalDifference> {
  const all = fractionalWeights(order, series.length + 1);
  const cut = all.findIndex((weight) => Math.abs(weight) < threshold);
  const window = cut < 0 ? series.length + 1 : cut;
  if (!(window >= 1 && window <= series.length)) {
    return refuse({
      code: 'difference.window',
      detail: `Weights of order ${order} do not fall below ${threshold} within ${series.length} observations; give more, or a larger threshold.`,
    });
  }
  const weights = all.slice(0, window);
  const values = new Float64Array(series.length - window + 1);
  for (let t = 0; t < values.length; t++) {
    let sum = 0;
    for (let k = 0; k < window; k++) sum += weights[k] * series[t + window - 1 - k];
    values[t] = sum;
  }
  return ok({ values, window, weights });
}
