const block = 128;

/**
 * Σ x, by halves down to blocks of 128, so that rounding grows with log n instead of n.
 *
 * @param x Shape [n].
 * @returns 0 for no values; NaN where a value is NaN. Cost n additions.
 *
 * **Source:** N. J. Higham, The accuracy of floating point summation, 1993.
 */
export function sum(x: Float64Array): number {
  return sumBetween(x, 0, x.length);
}

/** Σ x over the places `from` included to `until` excluded, as `sum`. */
export function sumBetween(x: Float64Array, from: number, until: number): number {
  if (until - from > block) {
    const middle = from + (((until - from) / 2) & ~7);
    return sumBetween(x, from, middle) + sumBetween(x, middle, until);
  }
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = from;
  for (; i + 3 < until; i += 4) {
    a += x[i];
    b += x[i + 1];
    c += x[i + 2];
    d += x[i + 3];
  }
  for (; i < until; i++) a += x[i];
  return a + b + (c + d);
}

/**
 * Σ x ÷ n.
 *
 * @param x Shape [n].
 * @returns NaN for no values.
 */
export const mean = (x: Float64Array): number => sum(x) / x.length;
