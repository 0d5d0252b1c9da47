import { ratio } from '../ratio.ts';
import { wilderAverage } from './exponential-average.ts';

/**
 * 100 × rises ÷ (rises + falls) of the changes, both averaged with α = 1 ÷ n; NaN where nothing changed.
 *
 * **Source:** Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export class RelativeStrength {
  readonly #rises;
  readonly #falls;
  #before = Number.NaN;

  constructor(n: number) {
    this.#rises = wilderAverage(n);
    this.#falls = wilderAverage(n);
  }

  next(x: number): number {
    const change = x - this.#before;
    this.#before = x;
    const up = this.#rises.next(Math.max(change, 0));
    const down = this.#falls.next(Math.max(-change, 0));
    return 100 * ratio(up, up + down);
  }
}
