/** A column of numbers that grows; kept in one typed array that doubles. */
export class GrowingColumn {
  #values: Float64Array;
  #length = 0;

  constructor(room = 64) {
    this.#values = new Float64Array(room);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  /** A copy of what is in it. */
  toColumn(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
