import { barColumns, type TimedBars } from './timed-bars.ts';

/** Columns of a row: instrument, start, open, high, low, close, volume, ticks, final. */
const stride = 9;

/** Rows of bars in the order they came, given out by instrument and time. */
export class ChangedRows {
  #cells = new Float64Array(64 * stride);
  #count = 0;

  /** Takes one row, its cells in the order above. */
  add(row: ArrayLike<number>): void {
    const at = this.#count * stride;
    if (at === this.#cells.length) {
      const cells = this.#cells;
      this.#cells = new Float64Array(2 * cells.length);
      this.#cells.set(cells);
    }
    this.#cells.set(row, at);
    this.#count++;
  }

  /** All rows as columns; none are left. */
  take(): {
    readonly of: Int32Array;
    readonly bars: TimedBars;
    readonly ticks: Float64Array;
    readonly final: Uint8Array;
  } {
    const count = this.#count;
    const order = this.#order();
    const of = new Int32Array(count);
    const bars = barColumns(count);
    const ticks = new Float64Array(count);
    const final = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const at = (order[i] as number) * stride;
      of[i] = this.#cells[at] as number;
      bars.from[i] = this.#cells[at + 1] as number;
      bars.open[i] = this.#cells[at + 2] as number;
      bars.high[i] = this.#cells[at + 3] as number;
      bars.low[i] = this.#cells[at + 4] as number;
      bars.close[i] = this.#cells[at + 5] as number;
      bars.volume[i] = this.#cells[at + 6] as number;
      ticks[i] = this.#cells[at + 7] as number;
      final[i] = this.#cells[at + 8] as number;
    }
    this.#count = 0;
    return { of, bars, ticks, final };
  }

  #order(): Int32Array {
    const cells = this.#cells;
    const order = Int32Array.from({ length: this.#count }, (_, i) => i);
    return order.sort((a, b) => {
      const left = a * stride;
      const right = b * stride;
      const byInstrument = (cells[left] as number) - (cells[right] as number);
      return byInstrument !== 0
        ? byInstrument
        : (cells[left + 1] as number) - (cells[right + 1] as number);
    });
  }
}
