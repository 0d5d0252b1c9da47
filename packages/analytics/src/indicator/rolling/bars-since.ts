/**
 * How many bars ago the greatest of the last n values was, or (`sign` −1) the least; of equal ones the
 * oldest. A queue of the places that can still become the greatest: about two comparisons a value.
 */
export class BarsSince {
  readonly #n: number;
  readonly #sign: number;
  readonly #values: Float64Array;
  readonly #places: Float64Array;
  #head = 0;
  #count = 0;
  #seen = 0;

  constructor(n: number, sign: 1 | -1) {
    this.#n = n;
    this.#sign = sign;
    this.#values = new Float64Array(n);
    this.#places = new Float64Array(n);
  }

  /** NaN until n values in a row are numbers, and at each value that is not. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#count = 0;
      this.#seen = 0;
      return Number.NaN;
    }
    const n = this.#n;
    const x = value * this.#sign;
    const now = this.#seen++;
    if (this.#count > 0 && this.#places[this.#head] <= now - n) {
      this.#head = (this.#head + 1) % n;
      this.#count--;
    }
    while (this.#count > 0 && this.#values[(this.#head + this.#count - 1) % n] < x) this.#count--;
    const at = (this.#head + this.#count) % n;
    this.#values[at] = x;
    this.#places[at] = now;
    this.#count++;
    return this.#seen >= n ? now - this.#places[this.#head] : Number.NaN;
  }
}
