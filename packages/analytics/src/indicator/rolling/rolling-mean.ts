/**
 * Mean of the last n values. Windows are cut where a block of n values ends: sums from there back are
 * made once a block, sums forward from there as values come. Nothing is ever taken off a sum, so no
 * rounding gathers, and values are taken about one of the window, so that a window of equal values has
 * exactly their mean. Cost about 3 additions a value, whatever n.
 *
 * NaN until n values in a row are numbers, and at each value that is not.
 *
 * **Source:** van Herk, A fast algorithm for local minimum and maximum filters, 1992, with sums.
 */
export class RollingMean {
  readonly #n: number;
  readonly #block: Float64Array;
  /** Σ (value − about) from each place of the block before to its end. */
  readonly #back: Float64Array;
  #place = 0;
  #about = 0;
  #forward = 0;
  #full = false;

  constructor(n: number) {
    this.#n = n;
    this.#block = new Float64Array(n);
    this.#back = new Float64Array(n);
  }

  next(x: number): number {
    if (Number.isNaN(x)) {
      this.#place = 0;
      this.#full = false;
      return Number.NaN;
    }
    const n = this.#n;
    this.#block[this.#place] = x;
    this.#place++;
    if (this.#place === n) return this.#turn(x);
    this.#forward += x - this.#about;
    return this.#full ? this.#about + (this.#back[this.#place] + this.#forward) / n : Number.NaN;
  }

  /**
   * Means at `x[from]` … `x[until − 1]`, written to `out` at the same places plus `shift`; the bits are
   * those of `next`, and it takes half as long.
   */
  column(x: Float64Array, from: number, until: number, out: Float64Array, shift = 0): void {
    const n = this.#n;
    const block = this.#block;
    const back = this.#back;
    let i = from;
    while (i < until) {
      const about = this.#about;
      let place = this.#place;
      let forward = this.#forward;
      // The last of a block turns it.
      const end = this.#full ? Math.min(until, i + n - 1 - place) : i;
      for (; i < end; i++) {
        const value = x[i];
        if (Number.isNaN(value)) break;
        block[place] = value;
        place++;
        forward += value - about;
        out[i + shift] = about + (back[place] + forward) / n;
      }
      this.#place = place;
      this.#forward = forward;
      if (i < until) {
        out[i + shift] = this.next(x[i]);
        i++;
      }
    }
  }

  /** The block is complete: its sums from each place to its end, about its last value. */
  #turn(about: number): number {
    const block = this.#block;
    const back = this.#back;
    let sum = 0;
    for (let j = this.#n - 1; j >= 0; j--) {
      sum += block[j] - about;
      back[j] = sum;
    }
    this.#about = about;
    this.#place = 0;
    this.#forward = 0;
    this.#full = true;
    return about + sum / this.#n;
  }
}
