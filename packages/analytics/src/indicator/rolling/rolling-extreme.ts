import { greaterOf } from '../choose.ts';

/** The greatest of the last n values, or (`sign` −1) the least, by blocks: about 3 comparisons a value. */
class RollingExtreme {
  readonly #n: number;
  readonly #sign: number;
  readonly #block: Float64Array;
  readonly #back: Float64Array;
  #place = 0;
  #forward = Number.NEGATIVE_INFINITY;
  #full = false;

  constructor(n: number, sign: 1 | -1) {
    this.#n = n;
    this.#sign = sign;
    this.#block = new Float64Array(n);
    this.#back = new Float64Array(n);
  }

  /** NaN until n values in a row are numbers, and at each value that is not. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#place = 0;
      this.#full = false;
      this.#forward = Number.NEGATIVE_INFINITY;
      return Number.NaN;
    }
    const x = value * this.#sign;
    this.#block[this.#place] = x;
    this.#place++;
    if (this.#place === this.#n) return this.#turn();
    if (x > this.#forward) this.#forward = x;
    if (!this.#full) return Number.NaN;
    const back = this.#back[this.#place];
    return greaterOf(back, this.#forward) * this.#sign;
  }

  /**
   * Extremes at `x[from]` … `x[until − 1]`, written to `out` at the same places plus `shift`; the bits are
   * those of `next`, and it takes half as long.
   */
  column(x: Float64Array, from: number, until: number, out: Float64Array, shift = 0): void {
    const n = this.#n;
    const sign = this.#sign;
    const block = this.#block;
    const back = this.#back;
    let i = from;
    while (i < until) {
      let place = this.#place;
      let forward = this.#forward;
      // The last of a block turns it.
      const end = this.#full ? Math.min(until, i + n - 1 - place) : i;
      for (; i < end; i++) {
        const value = x[i] * sign;
        if (Number.isNaN(value)) break;
        block[place] = value;
        place++;
        if (value > forward) forward = value;
        out[i + shift] = greaterOf(back[place], forward) * sign;
      }
      this.#place = place;
      this.#forward = forward;
      if (i < until) {
        out[i + shift] = this.next(x[i]);
        i++;
      }
    }
  }

  #turn(): number {
    const block = this.#block;
    const back = this.#back;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = this.#n - 1; j >= 0; j--) {
      if (block[j] > most) most = block[j];
      back[j] = most;
    }
    this.#place = 0;
    this.#forward = Number.NEGATIVE_INFINITY;
    this.#full = true;
    return most * this.#sign;
  }
}

/** The greatest of the last n values. */
export const rollingHighest = (n: number): RollingExtreme => new RollingExtreme(n, 1);

/** The least of the last n values. */
export const rollingLowest = (n: number): RollingExtreme => new RollingExtreme(n, -1);
