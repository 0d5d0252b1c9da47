/** The last n values side by side, oldest first, for what has to look at each of them. */
export class RecentValues {
  readonly #n: number;
  readonly #twice: Float64Array;
  #place = 0;
  #run = 0;

  constructor(n: number) {
    this.#n = n;
    this.#twice = new Float64Array(2 * n);
  }

  /** Whether n values in a row are numbers. */
  next(x: number): boolean {
    // Written twice, so that the last n are never torn in two.
    this.#twice[this.#place] = x;
    this.#twice[this.#place + this.#n] = x;
    this.#place = this.#place + 1 === this.#n ? 0 : this.#place + 1;
    this.#run = Number.isNaN(x) ? 0 : this.#run + 1;
    return this.#run >= this.#n;
  }

  /** Place of the oldest in `all`; the newest is n − 1 after it. */
  get from(): number {
    return this.#place;
  }

  get all(): Float64Array {
    return this.#twice;
  }
}
