/** The last n values in order of size. A step moves at most n values, which are next to each other. */
export class SortedWindow {
  readonly #n: number;
  readonly #recent: Float64Array;
  readonly #sorted: Float64Array;
  #place = 0;
  #count = 0;

  constructor(n: number) {
    this.#n = n;
    this.#recent = new Float64Array(n);
    this.#sorted = new Float64Array(n);
  }

  /** Whether n values in a row are numbers. */
  next(x: number): boolean {
    if (Number.isNaN(x)) {
      this.#count = 0;
      this.#place = 0;
      return false;
    }
    if (this.#count === this.#n) {
      const at = this.#below(this.#recent[this.#place]);
      this.#sorted.copyWithin(at, at + 1, this.#count);
      this.#count--;
    }
    const at = this.#below(x);
    this.#sorted.copyWithin(at + 1, at, this.#count);
    this.#sorted[at] = x;
    this.#count++;
    this.#recent[this.#place] = x;
    this.#place = this.#place + 1 === this.#n ? 0 : this.#place + 1;
    return this.#count === this.#n;
  }

  /** Quantile of Hyndman and Fan's type 7 of a full window; `share` from 0 to 1. */
  quantile(share: number): number {
    const at = share * (this.#n - 1);
    const low = Math.floor(at);
    const next = Math.min(low + 1, this.#n - 1);
    return this.#sorted[low] + (at - low) * (this.#sorted[next] - this.#sorted[low]);
  }

  /** How many are below x. */
  below(x: number): number {
    return this.#below(x);
  }

  #below(x: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle] < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
