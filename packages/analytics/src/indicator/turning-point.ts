/**
 * A high (`sign` 1) or low (−1) that stands out over bars before and after it. It is known only when
 * the bars after it are, and given then.
 */
export class TurningPoint {
  readonly #left: number;
  readonly #right: number;
  readonly #sign: number;

  constructor(left: number, right: number, sign: 1 | -1) {
    this.#left = left;
    this.#right = right;
    this.#sign = sign;
  }

  /** The price of the bar `right` bars before bar `i` where it stands out; NaN where not. */
  at(column: Float64Array, i: number): number {
    const middle = i - this.#right;
    if (middle < this.#left) return Number.NaN;
    const price = column[middle];
    for (let t = middle - this.#left; t <= i; t++) {
      // The other way round would let a bar that is no number stand for a lower one.
      if (t !== middle && !(column[t] * this.#sign < price * this.#sign)) return Number.NaN;
    }
    return price;
  }
}
