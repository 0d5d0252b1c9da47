import type { OrderRequest } from '../strategy/strategy-context.ts';
import type { GateKeeper } from './gate-keeper.ts';
import type { FillMoment, Holding, Order } from './holding.ts';
import { isOpen, moveOrder, newOrder, type OrderDraft, remaining } from './order.ts';
import { readRequest } from './order-request.ts';
import type { RunLog } from './run-log.ts';
import { roundedChange } from './sizing.ts';
import type { Clock } from './views.ts';

/** Where in which bar an order filled, before slippage. */
export interface FillPlace {
  readonly bar: number;
  readonly at: number;
  readonly how: FillMoment;
  readonly price: number;
}

/** The orders of a run, and what they do to one another. */
export class OrderBook {
  #count = 0;
  readonly #clock: Clock;
  readonly #log: RunLog;
  readonly #gates: GateKeeper | null;

  constructor(surroundings: {
    readonly clock: Clock;
    readonly log: RunLog;
    readonly gates: GateKeeper | null;
  }) {
    this.#clock = surroundings.clock;
    this.#log = surroundings.log;
    this.#gates = surroundings.gates;
  }

  /** Accepts or rejects what a strategy asks for. */
  place(held: Holding, request: OrderRequest): Order {
    const read = readRequest(held, request);
    if (read.wrong !== null) {
      const order = this.#add({ held, sign: 1, quantity: Number.NaN });
      this.#reject(order, `asks for ${read.wrong}`);
      return order;
    }
    const { sign, quantity, type, timeInForce, why, bracket, note } = read;
    const order = this.#add({ held, sign, quantity, type, timeInForce, why, bracket });
    order.reason = note;
    this.#admit(order);
    return order;
  }

  /** Trades towards a quantity. A newer target takes the place of an older one that is not reached. */
  towards(held: Holding, wanted: number, why: string, signalled = false): void {
    for (let i = held.orders.length - 1; i >= 0; i--) {
      const order = held.orders[i] as Order;
      if (order.target) moveOrder(order, 'cancelled', this.#clock.now, 'a newer target came');
    }
    const change =
      wanted === 0 ? -held.quantity : roundedChange(wanted - held.quantity, held.instrument.step);
    if (change === 0) return;
    const sign = change < 0 ? -1 : 1;
    const order = this.#add({
      held,
      sign,
      quantity: Math.abs(change),
      why,
      target: true,
      signalled,
    });
    if (Number.isFinite(change)) this.#admit(order);
    else this.#reject(order, `asks for a quantity of ${wanted}; it is a finite number`);
  }

  /** Orders of which the first to fill cancels the others. */
  group(orders: readonly Order[]): void {
    for (const order of orders) order.group = orders;
  }

  cancel(order: Order, reason: string): void {
    if (isOpen(order)) moveOrder(order, 'cancelled', this.#clock.now, reason);
  }

  cancelOf(held: Holding, reason: string, which: (order: Order) => boolean = () => true): void {
    for (let i = held.orders.length - 1; i >= 0; i--) {
      const order = held.orders[i] as Order;
      if (which(order)) this.cancel(order, reason);
    }
  }

  /** An order that the run itself has to place. */
  force(draft: Omit<OrderDraft, 'forced'>): Order {
    const order = this.#add({ ...draft, forced: true });
    this.#accept(order);
    return order;
  }

  /** Follows what a fill means to other orders. */
  filled(order: Order, quantity: number, place: FillPlace): void {
    if (order.exitOf !== null) this.#closed(order, order.exitOf, quantity, place.at);
    else if (order.group.length > 0) {
      for (const other of order.group) {
        if (other !== order && isOpen(other)) {
          moveOrder(other, 'cancelled', place.at, `order ${order.id} has filled`);
        }
      }
    }
    if (order.bracket !== null) this.#placeExits(order, quantity, place);
    this.#dropExits(order.held, place.at);
  }

  /** Cancels exits of positions that are no more. */
  #dropExits(held: Holding, at: number): void {
    for (let i = held.orders.length - 1; i >= 0; i--) {
      const order = held.orders[i] as Order;
      if (order.exitOf !== null && order.sign * held.quantity >= 0) {
        moveOrder(order, 'cancelled', at, 'nothing is left to close');
      }
    }
  }

  /** What one exit of a bracket has closed the other need not; nor is any more of it entered. */
  #closed(order: Order, entry: Order, quantity: number, at: number): void {
    if (isOpen(entry))
      moveOrder(entry, 'cancelled', at, `order ${order.id} has closed what it had`);
    for (const other of entry.exits) {
      if (other === order || !isOpen(other)) continue;
      other.quantity -= quantity;
      if (remaining(other) <= 0) {
        moveOrder(other, 'cancelled', at, `order ${order.id} has filled`);
      }
    }
  }

  #placeExits(entry: Order, quantity: number, place: FillPlace): void {
    if (entry.exits.length > 0 && entry.exits.every(isOpen)) {
      for (const exit of entry.exits) exit.quantity += quantity;
      return;
    }
    const { stop, target } = entry.bracket ?? {};
    const exits = [
      ...(stop === undefined ? [] : [{ type: { kind: 'stop', stop } as const, why: 'stop' }]),
      ...(target === undefined
        ? []
        : [{ type: { kind: 'limit', limit: target } as const, why: 'target' }]),
    ];
    entry.exits = exits.map(({ type, why }) => {
      const exit = this.#add(
        {
          held: entry.held,
          sign: entry.sign === 1 ? -1 : 1,
          quantity,
          type,
          why,
          exitOf: entry,
          born: place,
        },
        place.at,
      );
      this.#accept(exit);
      return exit;
    });
  }

  #add(draft: OrderDraft, submittedAt = this.#clock.now): Order {
    this.#count++;
    return newOrder(draft, this.#count, submittedAt);
  }

  /** Asks everything that may turn an order down. */
  #admit(order: Order): void {
    const { held } = order;
    if (!held.alive) this.#reject(order, `${held.instrument.id} is not traded any more`);
    else if (Number.isNaN(held.rate)) {
      this.#reject(order, `no rate from ${held.instrument.currency} is known`);
    } else {
      const refusal = this.#gates === null ? null : this.#gates.refusalOf(order);
      if (refusal === null) this.#accept(order);
      else this.#reject(order, refusal);
    }
  }

  #accept(order: Order): void {
    moveOrder(order, 'accepted', order.submittedAt);
    order.held.orders.push(order);
    order.held.waiting.count++;
  }

  #reject(order: Order, reason: string): void {
    moveOrder(order, 'rejected', this.#clock.now, reason);
    this.#log.add(this.#clock.now, 'order', `order ${order.id} rejected: ${reason}`);
  }
}
