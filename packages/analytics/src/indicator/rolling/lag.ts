/** The value some steps before; NaN until there is one. A lag of 0 gives the value itself. */
export class Lag {
  readonly #values: Float64Array;
  #place = 0;

  constructor(steps: number) {
    this.#values = new Float64Array(steps).fill(Number.NaN);
  }

  next(x: number): number {
    const { length } = this.#values;
    if (length === 0) return x;
    const before = this.#values[this.#place];
    this.#values[this.#place] = x;
    this.#place = this.#place + 1 === length ? 0 : this.#place + 1;
    return before;
  }
}
