import type {
  InstrumentView,
  OrderDesk,
  OrderRequest,
  OrderView,
} from '../strategy/strategy-context.ts';
import type { Account } from './account.ts';
import { type Holding, unitValue } from './holding.ts';
import { moveOrder, type Order } from './order.ts';
import type { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';
import { roundedChange, sizingRule, type UnitsOf } from './sizing.ts';
import { type Clock, holdingOf, OrderSight, orderOf } from './views.ts';

/** The orders of a run, and the desk at which its strategy places them. */
export class OrderBook implements OrderDesk {
  readonly #orders: Order[] = [];
  readonly #views: OrderView[] = [];
  readonly #viewOf: readonly InstrumentView[];
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #log: RunLog;
  readonly #unitsOf: UnitsOf;

  constructor(
    settings: BacktestSettings,
    views: readonly InstrumentView[],
    surroundings: { readonly account: Account; readonly clock: Clock; readonly log: RunLog },
  ) {
    this.#viewOf = views;
    this.#account = surroundings.account;
    this.#clock = surroundings.clock;
    this.#log = surroundings.log;
    this.#unitsOf = sizingRule(settings.sizing);
  }

  submit(instrument: InstrumentView, request: OrderRequest): OrderView {
    return this.#viewed(this.#place(holdingOf(instrument), request, false));
  }
  buy(instrument: InstrumentView, quantity: number, why = ''): OrderView {
    return this.submit(instrument, { side: 'buy', quantity, why });
  }
  sell(instrument: InstrumentView, quantity: number, why = ''): OrderView {
    return this.submit(instrument, { side: 'sell', quantity, why });
  }
  oneCancelsOther(): readonly OrderView[] {
    throw new Error('not there yet');
  }
  cancel(view: OrderView, why = ''): void {
    const order = orderOf(view);
    if (order.held.orders.includes(order)) {
      moveOrder(order, 'cancelled', this.#clock.now, why || 'cancelled by the strategy');
    }
  }
  cancelAll(instrument?: InstrumentView, why = ''): void {
    for (const view of this.open) {
      if (instrument === undefined || view.instrument === instrument) this.cancel(view, why);
    }
  }
  get open(): readonly OrderView[] {
    return this.#views.filter((_, i) => {
      const order = this.#orders[i] as Order;
      return order.held.orders.includes(order);
    });
  }

  signal(instrument: InstrumentView, signal: number, why = ''): void {
    const held = holdingOf(instrument);
    if (Number.isNaN(signal) || signal === held.signal) return;
    if (Number.isNaN(held.signal) && signal === 0) {
      held.signal = 0;
      return;
    }
    held.signal = signal;
    const wanted = signal === 0 ? 0 : this.#unitsOf(held, signal, this.#account.equity());
    this.#towards(held, wanted, why);
  }
  toQuantity(instrument: InstrumentView, quantity: number, why = ''): void {
    this.#towards(holdingOf(instrument), quantity, why);
  }
  toWeight(instrument: InstrumentView, weight: number, why = ''): void {
    const held = holdingOf(instrument);
    const wanted = weight === 0 ? 0 : (weight * this.#account.equity()) / unitValue(held);
    this.#towards(held, wanted, why);
  }
  rebalance(weights: ReadonlyMap<InstrumentView, number>, why = ''): void {
    for (const view of this.#viewOf) this.toWeight(view, weights.get(view) ?? 0, why);
  }

  /** Every order of the run. */
  get orders(): readonly Order[] {
    return this.#orders;
  }

  #viewed(order: Order): OrderView {
    const view = new OrderSight(order, this.#viewOf[order.held.index] as InstrumentView);
    this.#views.push(view);
    return view;
  }

  /** A newer target takes the place of an older one that has not been reached. */
  #towards(held: Holding, wanted: number, why: string): void {
    for (const order of [...held.orders]) {
      if (order.target) moveOrder(order, 'cancelled', this.#clock.now, 'a newer target came');
    }
    const change =
      wanted === 0 ? -held.quantity : roundedChange(wanted - held.quantity, held.instrument.step);
    if (change === 0) return;
    const side = change > 0 ? 'buy' : 'sell';
    this.#viewed(this.#place(held, { side, quantity: Math.abs(change), why }, true));
  }

  #place(held: Holding, request: OrderRequest, target: boolean): Order {
    const { side, quantity, type = { kind: 'market' }, timeInForce = 'gtc', why = '' } = request;
    const order: Order = {
      id: this.#orders.length + 1,
      held,
      sign: side === 'buy' ? 1 : -1,
      quantity,
      type,
      timeInForce,
      why,
      submittedAt: this.#clock.now,
      target,
      filled: 0,
      paid: 0,
      commission: 0,
      value: 0,
      state: 'submitted',
      reason: '',
      doneAt: Number.NaN,
    };
    this.#orders.push(order);
    const refusal = refusalOf(order);
    if (refusal !== null) {
      moveOrder(order, 'rejected', this.#clock.now, refusal);
      this.#log.add(this.#clock.now, 'order', `order ${order.id} rejected: ${refusal}`);
      return order;
    }
    moveOrder(order, 'accepted', this.#clock.now);
    held.orders.push(order);
    held.waiting.count++;
    return order;
  }
}

/** Why an order makes no sense; null where it does. */
function refusalOf({ quantity, held }: Order): string | null {
  if (!Number.isFinite(quantity) || quantity <= 0) return `a quantity of ${quantity}`;
  if (!held.alive) return `${held.instrument.id} is not traded any more`;
  return null;
}
