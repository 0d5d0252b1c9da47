import { minimiseScalar } from '../minimise/minimise-scalar.ts';
import type { Fitted } from './fitted.ts';
import { seriesFault } from './series-fault.ts';

/** A level that walks at random, seen through noise. */
export interface LocalLevelModel {
  /** Variance of the level's steps, ≥ 0. */
  readonly levelVariance: number;
  /** Variance of the noise, ≥ 0; not both 0. */
  readonly noiseVariance: number;
  /** What is known of the level one step before the first value: its mean and variance. */
  readonly start: { readonly mean: number; readonly variance: number };
}

/** What the filter makes of a series. */
export interface LocalLevelPath {
  /** E(level_t | x_1 … x_t), shape [n]. */
  readonly level: Float64Array;
  /** Its variance, shape [n]. */
  readonly variance: Float64Array;
  /** E(level_t | all of x), shape [n]. */
  readonly smoothed: Float64Array;
  readonly logLikelihood: number;
}

/**
 * The Kalman filter and smoother of the local-level model:
 *
 *   x_t = l_t + ε_t, ε ~ N(0, r);   l_t = l_{t−1} + η_t, η ~ N(0, q)
 *   P⁻ = P + q,  F = P⁻ + r,  K = P⁻ ÷ F,  l ← l + K (x − l),  P = (1 − K) P⁻
 *
 * @param x Shape [n]; NaN is a value that was not seen.
 *
 * Cost: O(n). Source: James Durbin and Siem Jan Koopman, Time Series Analysis by State Space Methods,
 * 2012, chapter 2.
 */
export function localLevelFilter(
  x: Float64Array,
  { levelVariance: q, noiseVariance: r, start }: LocalLevelModel,
): LocalLevelPath {
  const n = x.length;
  const level = new Float64Array(n);
  const variance = new Float64Array(n);
  let mean = start.mean;
  let p = start.variance;
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    p += q;
    if (!Number.isNaN(x[t])) {
      const f = p + r;
      const error = x[t] - mean;
      logLikelihood -= (Math.log(2 * Math.PI * f) + (error * error) / f) / 2;
      mean += (p / f) * error;
      p *= r / f;
    }
    level[t] = mean;
    variance[t] = p;
  }
  const smoothed = Float64Array.from(level);
  for (let t = n - 2; t >= 0; t--) {
    const ahead = variance[t] + q;
    if (ahead > 0) smoothed[t] += (variance[t] / ahead) * (smoothed[t + 1] - level[t]);
  }
  return { level, variance, smoothed, logLikelihood };
}

/** A fitted local level. */
export interface LocalLevelFit extends LocalLevelPath {
  readonly levelVariance: number;
  readonly noiseVariance: number;
  /** q ÷ r; null where the fit has no noise. */
  readonly signalToNoise: number | null;
}

/**
 * Fits the variances of the local-level model by maximum likelihood, the level before the first
 * value being unknown (the diffuse likelihood, of x_2 … x_n given x_1). The scale is solved for, the
 * share q ÷ (q + r) is searched for.
 *
 * @param x Finite, shape [n], n ≥ 5.
 * @returns the fit, or why there is none. The first value starts the level.
 *
 * Source: Durbin and Koopman, 2012, §2.10.
 */
export function fitLocalLevel(x: Float64Array): Fitted<LocalLevelFit> {
  const n = x.length;
  if (n < 5) return { why: `${n} values are too few, 5 are needed` };
  const fault = seriesFault(x);
  if (fault !== null) return { why: fault };
  if (x.every((each) => each === x[0])) return { why: 'the series does not vary' };
  const rest = x.subarray(1);
  /** −2 ℓ ÷ (n − 1) but for constants, and the best scale. */
  const at = (share: number): { readonly value: number; readonly scale: number } => {
    let mean = x[0];
    let p = 1 - share;
    let squares = 0;
    let logs = 0;
    for (const each of rest) {
      p += share;
      const f = p + 1 - share;
      const error = each - mean;
      squares += (error * error) / f;
      logs += Math.log(f);
      mean += (p / f) * error;
      p *= (1 - share) / f;
    }
    const scale = squares / rest.length;
    return { value: Math.log(scale) + logs / rest.length, scale };
  };
  // The likelihood may have a local top at either end: look along a grid first.
  const grid = Array.from({ length: 41 }, (_, i) => (i / 40) ** 3);
  const best = grid.reduce((one, other) => (at(other).value < at(one).value ? other : one));
  const i = grid.indexOf(best);
  const found = minimiseScalar(
    (share) => at(share).value,
    grid[Math.max(0, i - 1)],
    grid[Math.min(40, i + 1)],
    { tolerance: 1e-9 },
  );
  const share = found.value < at(best).value ? found.x : best;
  const { scale } = at(share);
  return localLevelOf(x, scale * share, scale * (1 - share));
}

/**
 * The local level of a series at given variances, its first value starting the level: filter and
 * smoother of all values, and the likelihood of x_2 … x_n given x_1.
 *
 * @param x Finite, shape [n], n ≥ 1.
 * @param levelVariance q ≥ 0.
 * @param noiseVariance r ≥ 0; not both 0.
 *
 * Source: Durbin and Koopman, 2012, §2.9.
 */
export function localLevelOf(
  x: Float64Array,
  levelVariance: number,
  noiseVariance: number,
): LocalLevelFit {
  const start = { mean: x[0], variance: noiseVariance };
  const path = localLevelFilter(x.subarray(1), { levelVariance, noiseVariance, start });
  // What is known of the first level beside the first value is known through the second.
  const reach = noiseVariance / (noiseVariance + levelVariance);
  const first = x.length > 1 ? x[0] + reach * (path.smoothed[0] - x[0]) : x[0];
  return {
    levelVariance,
    noiseVariance,
    signalToNoise: noiseVariance > 0 ? levelVariance / noiseVariance : null,
    level: Float64Array.of(x[0], ...path.level),
    variance: Float64Array.of(noiseVariance, ...path.variance),
    smoothed: Float64Array.of(first, ...path.smoothed),
    logLikelihood: path.logLikelihood,
  };
}
