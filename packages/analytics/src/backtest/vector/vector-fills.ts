import { type Fill, FillBook } from '../fill-book.ts';
import { GrowingColumn } from '../growing-column.ts';
import type { FillColumns } from '../result.ts';

/** Fills of instruments whose bars become known together, in the order in which they happened. */
export class VectorFills {
  readonly #book = new FillBook();
  readonly #filledAt: Float64Array;
  /** Cash after each fill. */
  readonly cashAfter = new GrowingColumn();

  /** @param filledAt When orders are filled in the bar of each row, milliseconds. */
  constructor(filledAt: Float64Array) {
    this.#filledAt = filledAt;
  }

  add(row: number, fill: Omit<Fill, 'moment' | 'at'>): void {
    this.#book.add({ ...fill, moment: row, at: this.#filledAt[row] as number });
  }

  toColumns(): FillColumns {
    return this.#book.toColumns();
  }
}
