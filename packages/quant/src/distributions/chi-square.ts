import { gammaCdf, gammaPdf, gammaSf } from './gamma-distribution.ts';
import { invertTail } from './invert.ts';
import { normalQuantile } from './normal.ts';

/**
 * Distribution function of the chi-square distribution: P(ν ÷ 2, x ÷ 2).
 *
 * @param x At least 0; below it the value is 0.
 * @param dof Degrees of freedom ν, above 0; anything else gives NaN.
 *
 * Cost and source: as `gammaCdf`.
 */
export const chiSquareCdf = (x: number, dof: number): number => gammaCdf(dof / 2, x / 2);

/**
 * Upper tail of the chi-square distribution, the p-value of a statistic: Q(ν ÷ 2, x ÷ 2).
 *
 * @param x At least 0; below it the value is 1.
 * @param dof Degrees of freedom ν, above 0; anything else gives NaN.
 *
 * Cost and source: as `gammaCdf`.
 */
export const chiSquareSf = (x: number, dof: number): number => gammaSf(dof / 2, x / 2);

/**
 * Quantile of the chi-square distribution: the x with `chiSquareCdf(x, ν)` = p.
 *
 * @param p Probability in [0, 1]; 1 gives ∞, anything outside NaN.
 * @param dof Degrees of freedom ν, above 0; anything else gives NaN.
 *
 * Cost: a handful of evaluations of the distribution function. Source: Newton's method from the
 * guess of Wilson and Hilferty, "The distribution of chi-square" (1931).
 */
export function chiSquareQuantile(p: number, dof: number): number {
  if (!(p >= 0 && p <= 1 && dof > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const shape = dof / 2;
  const cube = 1 - 2 / (9 * dof) + normalQuantile(p) * Math.sqrt(2 / (9 * dof));
  const start = Math.max((dof / 2) * cube ** 3, shape * 1e-3 * p, 1e-300);
  const density = (x: number): number => gammaPdf(shape, x);
  const lower = (x: number): number => gammaCdf(shape, x);
  const upper = (x: number): number => gammaSf(shape, x);
  const half =
    p <= 0.5
      ? invertTail(lower, true, density, p, start)
      : invertTail(upper, false, density, 1 - p, start);
  return 2 * half;
}
