import type { FillColumns } from './result.ts';

/** One execution. Money in base currency, prices in the instrument's. */
export interface Fill {
  readonly order: number;
  readonly instrument: number;
  readonly moment: number;
  readonly at: number;
  /** Below zero where sold. */
  readonly quantity: number;
  readonly price: number;
  readonly marketPrice: number;
  readonly value: number;
  readonly commission: number;
  readonly slippage: number;
}

/** Numbers a fill. */
const width = 10;

/** Fills, number by number in one row each, so that to take one down is one look at the room left. */
export class FillBook {
  #numbers = new Float64Array(16 * width);
  #length = 0;

  add(fill: Fill): void {
    const at = this.#length * width;
    if (at === this.#numbers.length) {
      const wider = new Float64Array(2 * at);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    const numbers = this.#numbers;
    numbers[at] = fill.order;
    numbers[at + 1] = fill.instrument;
    numbers[at + 2] = fill.moment;
    numbers[at + 3] = fill.at;
    numbers[at + 4] = fill.quantity;
    numbers[at + 5] = fill.price;
    numbers[at + 6] = fill.marketPrice;
    numbers[at + 7] = fill.value;
    numbers[at + 8] = fill.commission;
    numbers[at + 9] = fill.slippage;
    this.#length++;
  }

  toColumns(): FillColumns {
    return {
      order: this.#copied(0, new Int32Array(this.#length)),
      instrument: this.#copied(1, new Int32Array(this.#length)),
      moment: this.#copied(2, new Int32Array(this.#length)),
      at: this.#copied(3, new Float64Array(this.#length)),
      quantity: this.#copied(4, new Float64Array(this.#length)),
      price: this.#copied(5, new Float64Array(this.#length)),
      marketPrice: this.#copied(6, new Float64Array(this.#length)),
      value: this.#copied(7, new Float64Array(this.#length)),
      commission: this.#copied(8, new Float64Array(this.#length)),
      slippage: this.#copied(9, new Float64Array(this.#length)),
    };
  }

  #copied<T extends Int32Array | Float64Array>(field: number, column: T): T {
    for (let i = 0; i < column.length; i++) column[i] = this.#numbers[i * width + field] as number;
    return column;
  }
}
