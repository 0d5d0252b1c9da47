/**
 * Exponential averages of exponential averages, α = 2 ÷ (n + 1), all begun together with the mean of
 * the first values, n of them or as many as `begin` says. A value that is no number is passed over.
 */
export class ChainedAverages {
  readonly #alpha: number;
  readonly #begin: number;
  readonly #levels: Float64Array;
  #seen = 0;
  #sum = 0;

  constructor(n: number, depth: number, begin = n) {
    this.#alpha = 2 / (n + 1);
    this.#begin = begin;
    this.#levels = new Float64Array(depth);
  }

  /** Whether there are averages now. */
  next(x: number): boolean {
    if (Number.isNaN(x)) return false;
    if (this.#seen < this.#begin) {
      this.#seen++;
      this.#sum += (x - this.#sum) / this.#seen;
      this.#levels.fill(this.#sum);
      return this.#seen === this.#begin;
    }
    let value = x;
    for (let k = 0; k < this.#levels.length; k++) {
      this.#levels[k] += this.#alpha * (value - this.#levels[k]);
      value = this.#levels[k];
    }
    return true;
  }

  /** The average of that depth, 1 for the average of the values themselves. */
  at(depth: number): number {
    return this.#levels[depth - 1];
  }
}
