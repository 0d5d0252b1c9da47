import type { DayView } from './day-view.ts';
import { splitBasis } from './split-basis.ts';
import { isPrice, type WorkingBars } from './working-bars.ts';

/**
 * What the adjusted closes before certain days are to be multiplied with, gathered and then applied
 * in one pass.
 */
export class AdjustmentCorrections {
  readonly #factors: Float64Array;
  readonly #rebuilt: Float64Array;
  #rebuildBefore = 0;

  constructor(days: number) {
    this.#factors = new Float64Array(days).fill(1);
    this.#rebuilt = new Float64Array(days).fill(Number.NaN);
  }

  /** All adjusted closes before the day at this place are to be multiplied. */
  multiplyBefore(place: number, factor: number): void {
    this.#factors[place - 1] = (this.#factors[place - 1] as number) * factor;
  }

  /** What is taken off at this place, for where adjusted closes are rebuilt. */
  takeOff(place: number, share: number): void {
    this.#rebuilt[place] = share;
  }

  /** The adjusted closes before this place are no numbers to mend: they are rebuilt from the closes. */
  rebuildBefore(place: number): void {
    this.#rebuildBefore = Math.max(this.#rebuildBefore, place);
  }

  apply(work: WorkingBars, view: DayView): void {
    const { adjustedClose, close } = work.bars;
    const basisAt = splitBasis(work);
    let product = 1;
    let until = adjustedClose.length;
    let rebuilding = Number.NaN;
    const write = (from: number): void => {
      for (let row = from; row < until; row++) {
        const price = close[row] as number;
        if (!Number.isNaN(rebuilding)) {
          if (isPrice(price)) adjustedClose[row] = (price / basisAt(row)) * rebuilding;
        } else if (product !== 1) {
          adjustedClose[row] = (adjustedClose[row] as number) * product;
        }
      }
      until = from;
    };
    for (let i = view.days.length - 1; i >= 0; i--) {
      const factor = this.#factors[i] as number;
      const starts = i + 1 === this.#rebuildBefore;
      const takesOff =
        !Number.isNaN(rebuilding) && !Number.isNaN(this.#rebuilt[i + 1] ?? Number.NaN);
      if (factor === 1 && !starts && !takesOff) continue;
      write(view.firstRow[i + 1] ?? adjustedClose.length);
      product *= factor;
      if (starts) rebuilding = (view.factor[i + 1] as number) * product;
      if (starts || takesOff) {
        const share = this.#rebuilt[i + 1] as number;
        if (!Number.isNaN(share)) rebuilding *= 1 - share;
      }
    }
    write(0);
  }
}
