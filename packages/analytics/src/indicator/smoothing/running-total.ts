/** A sum from the first value on, compensated, so that a million values leave it exact to a few units. */
export class RunningTotal {
  #total = 0;
  #lost = 0;

  /** The sum so far; NaN, and the sum as it was, at a value that is no number. */
  next(x: number): number {
    if (Number.isNaN(x)) return Number.NaN;
    const total = this.#total + x;
    // What the sum lost, whichever of the two is greater (Knuth's two-sum).
    const added = total - this.#total;
    this.#lost += this.#total - (total - added) + (x - added);
    this.#total = total;
    return total + this.#lost;
  }

  /** Begins anew. */
  clear(): void {
    this.#total = 0;
    this.#lost = 0;
  }
}
