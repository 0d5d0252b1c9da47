import { type OrderState, orderStates } from '@plimsoll/domain';
import type { Holding, Order } from './holding.ts';
import { type LateText, writtenOut } from './late-text.ts';
import type { OrderRecord } from './result.ts';

/**
 * Orders that are done, in columns, so that a run with a million of them does not keep a million
 * objects. A place is an order’s number − 1.
 */
export class OrderLog {
  #length = 0;
  #numbers = new Float64Array(64 * width);
  readonly #kinds: string[] = [];
  readonly #whys: string[] = [];
  readonly #reasons: LateText[] = [];

  /** Takes down how an order stands. It is called once more when that changes. */
  write(order: Order): void {
    const place = order.id - 1;
    if ((place + 1) * width > this.#numbers.length) {
      const wider = new Float64Array(Math.max((place + 1) * width, 2 * this.#numbers.length));
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    const numbers = this.#numbers;
    const at = place * width;
    numbers[at] = order.held.index;
    numbers[at + 1] = order.sign;
    numbers[at + 2] = order.quantity;
    numbers[at + 3] = order.filled;
    numbers[at + 4] = order.paid;
    numbers[at + 5] = order.submittedAt;
    numbers[at + 6] = order.doneAt;
    numbers[at + 7] = orderStates.indexOf(order.state);
    // Orders are not done in the order of their numbers; a list with holes would be slow.
    for (; this.#length <= place; this.#length++) {
      this.#kinds.push('');
      this.#whys.push('');
      this.#reasons.push('');
    }
    this.#kinds[place] = order.kind;
    this.#whys[place] = order.why;
    this.#reasons[place] = order.reason;
  }

  /** All of them by number. */
  toRecords(holdings: readonly Holding[]): OrderRecord[] {
    return Array.from({ length: this.#length }, (_, place) => this.#record(place, holdings));
  }

  #record(place: number, holdings: readonly Holding[]): OrderRecord {
    const at = place * width;
    const number = (field: number): number => this.#numbers[at + field] as number;
    const [quantity, filled, doneAt] = [number(2), number(3), number(6)];
    return {
      id: place + 1,
      instrumentId: (holdings[number(0)] as Holding).instrument.id,
      side: number(1) === 1 ? 'buy' : 'sell',
      kind: this.#kinds[place] as string,
      quantity,
      filled,
      averagePrice: filled > 0 ? number(4) / filled : null,
      submittedAt: number(5),
      doneAt: Number.isNaN(doneAt) ? null : doneAt,
      state: orderStates[number(7)] as OrderState,
      why: this.#whys[place] as string,
      reason: writtenOut(this.#reasons[place] as LateText),
    };
  }
}

/** Numbers an order. */
const width = 8;
