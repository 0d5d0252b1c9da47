import { betaTails } from './beta-distribution.ts';

/**
 * Distribution function of the binomial distribution: the chance of at most k successes in n
 * trials, Σ_{i ≤ k} C(n, i) pⁱ (1 − p)^(n−i) = I_{1−p}(n − k, k + 1).
 *
 * @param k Successes; below 0 the value is 0, from n on it is 1. A broken number counts as its floor.
 * @param n Trials, a whole number of at least 0; anything else gives NaN.
 * @param p Chance of a success in [0, 1]; anything else gives NaN.
 *
 * Cost and source: as `betaTails`.
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (!(Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1) || Number.isNaN(k)) return Number.NaN;
  if (k < 0) return 0;
  if (k >= n) return 1;
  const whole = Math.floor(k);
  return betaTails(n - whole, whole + 1, 1 - p, p).lower;
}
