import { GrowingColumn } from './growing-column.ts';
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

/** Fills in columns. */
export class FillBook {
  readonly #order = new GrowingColumn();
  readonly #instrument = new GrowingColumn();
  readonly #moment = new GrowingColumn();
  readonly #at = new GrowingColumn();
  readonly #quantity = new GrowingColumn();
  readonly #price = new GrowingColumn();
  readonly #marketPrice = new GrowingColumn();
  readonly #value = new GrowingColumn();
  readonly #commission = new GrowingColumn();
  readonly #slippage = new GrowingColumn();

  add(fill: Fill): void {
    this.#order.push(fill.order);
    this.#instrument.push(fill.instrument);
    this.#moment.push(fill.moment);
    this.#at.push(fill.at);
    this.#quantity.push(fill.quantity);
    this.#price.push(fill.price);
    this.#marketPrice.push(fill.marketPrice);
    this.#value.push(fill.value);
    this.#commission.push(fill.commission);
    this.#slippage.push(fill.slippage);
  }

  toColumns(): FillColumns {
    return {
      order: Int32Array.from(this.#order.toColumn()),
      instrument: Int32Array.from(this.#instrument.toColumn()),
      moment: Int32Array.from(this.#moment.toColumn()),
      at: this.#at.toColumn(),
      quantity: this.#quantity.toColumn(),
      price: this.#price.toColumn(),
      marketPrice: this.#marketPrice.toColumn(),
      value: this.#value.toColumn(),
      commission: this.#commission.toColumn(),
      slippage: this.#slippage.toColumn(),
    };
  }
}
