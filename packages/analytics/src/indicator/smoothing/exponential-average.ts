/**
 * Exponential average y ← y + α (x − y). Begun with the mean of the first values (`begin` of them), or
 * with the first where `begin` is 1. A value that is no number gives none and is passed over.
 */
export class ExponentialAverage {
  readonly #alpha: number;
  readonly #begin: number;
  #seen = 0;
  #value = 0;

  constructor(alpha: number, begin: number) {
    this.#alpha = alpha;
    this.#begin = begin;
  }

  next(x: number): number {
    if (Number.isNaN(x)) return Number.NaN;
    if (this.#seen >= this.#begin) {
      this.#value += this.#alpha * (x - this.#value);
      return this.#value;
    }
    this.#seen++;
    // The running mean of what came so far, which is x itself at first.
    this.#value += (x - this.#value) / this.#seen;
    return this.#seen === this.#begin ? this.#value : Number.NaN;
  }
}

/** α = 2 ÷ (n + 1), begun with the mean of the first n values. */
export const exponentialAverage = (n: number): ExponentialAverage =>
  new ExponentialAverage(2 / (n + 1), n);

/**
 * α = 1 ÷ n, begun with the mean of the first n values.
 *
 * **Source:** Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const wilderAverage = (n: number): ExponentialAverage => new ExponentialAverage(1 / n, n);

/** As `exponentialAverage`, begun as asked for. */
export const averageFrom = (n: number, begin: 'mean' | 'first'): ExponentialAverage =>
  begin === 'mean' ? exponentialAverage(n) : new ExponentialAverage(2 / (n + 1), 1);
