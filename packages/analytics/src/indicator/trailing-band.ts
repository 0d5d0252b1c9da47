/** What a band is measured against. */
interface BandBar {
  readonly close: number;
  /** The close before. */
  readonly before: number;
  /** At first the trend counts as a rise where the close is not below this. */
  readonly startAbove: number;
}

/**
 * Two bands of which the lower only rises and the upper only falls until the close before is beyond
 * them. The one that guards the trend is the stop, and a close at or beyond it turns the trend.
 */
export class TrailingBand {
  /** NaN where the newest bands are no numbers; so is `direction`. */
  stop = Number.NaN;
  /** 1 in a rise, −1 in a fall. */
  direction = Number.NaN;
  #isRising = true;
  #lower = Number.NaN;
  #upper = Number.NaN;

  next(lower: number, upper: number, { close, before, startAbove }: BandBar): void {
    if (Number.isNaN(lower + upper + close)) {
      this.stop = Number.NaN;
      this.direction = Number.NaN;
      return;
    }
    if (Number.isNaN(this.#upper)) {
      this.#isRising = close >= startAbove;
      this.#lower = lower;
      this.#upper = upper;
    }
    if (upper < this.#upper || before > this.#upper) this.#upper = upper;
    if (lower > this.#lower || before < this.#lower) this.#lower = lower;
    this.#isRising = !(close <= (this.#isRising ? this.#lower : this.#upper));
    this.stop = this.#isRising ? this.#lower : this.#upper;
    this.direction = this.#isRising ? 1 : -1;
  }
}
