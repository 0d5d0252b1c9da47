import { betaTails } from './beta-distribution.ts';

/** The tails of F, whose d₁x ÷ (d₁x + d₂) has a beta distribution. */
function tails(
  x: number,
  d1: number,
  d2: number,
): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const whole = d1 * x + d2;
  return betaTails(d1 / 2, d2 / 2, (d1 * x) / whole, d2 / whole);
}

/**
 * Distribution function of Fisher's F: I at d₁x ÷ (d₁x + d₂) with shapes d₁ ÷ 2 and d₂ ÷ 2.
 *
 * @param x At least 0; below it the value is 0.
 * @param d1 Degrees of freedom of the numerator, above 0; anything else gives NaN.
 * @param d2 Degrees of freedom of the denominator, above 0; anything else gives NaN.
 *
 * Cost and source: as `betaTails`.
 */
export const fCdf = (x: number, d1: number, d2: number): number => tails(x, d1, d2).lower;

/**
 * Upper tail of Fisher's F, the p-value of a statistic: 1 − `fCdf`, keeping its digits.
 *
 * @param x At least 0; below it the value is 1.
 * @param d1 Degrees of freedom of the numerator, above 0; anything else gives NaN.
 * @param d2 Degrees of freedom of the denominator, above 0; anything else gives NaN.
 */
export const fSf = (x: number, d1: number, d2: number): number => tails(x, d1, d2).upper;
