import type {
  InstrumentView,
  OrderDesk,
  OrderRequest,
  OrderView,
} from '../strategy/strategy-context.ts';
import type { Account } from './account.ts';
import { type Holding, type Order, unitValue } from './holding.ts';
import { isOpen } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { shortText } from './order-request.ts';
import type { BacktestSettings } from './settings.ts';
import { sizingRule, type UnitsOf } from './sizing.ts';
import { holdingOf, OrderSight, orderOf } from './views.ts';

/** The desk at which a strategy places its orders. What stands behind it cannot be reached from it. */
export class Desk implements OrderDesk {
  readonly #book: OrderBook;
  readonly #account: Account;
  readonly #views: readonly InstrumentView[];
  readonly #unitsOf: UnitsOf;

  constructor(
    settings: BacktestSettings,
    views: readonly InstrumentView[],
    behind: { readonly book: OrderBook; readonly account: Account },
  ) {
    this.#book = behind.book;
    this.#account = behind.account;
    this.#views = views;
    this.#unitsOf = sizingRule(settings.sizing);
  }

  submit(instrument: InstrumentView, request: OrderRequest): OrderView {
    return this.#view(this.#book.place(holdingOf(instrument), request));
  }
  buy(instrument: InstrumentView, quantity: number, why?: string): OrderView {
    return this.submit(instrument, { side: 'buy', quantity, why: shortText(why) });
  }
  sell(instrument: InstrumentView, quantity: number, why?: string): OrderView {
    return this.submit(instrument, { side: 'sell', quantity, why: shortText(why) });
  }

  oneCancelsOther(
    requests: readonly (OrderRequest & { readonly instrument: InstrumentView })[],
  ): readonly OrderView[] {
    const orders = requests.map((request) =>
      this.#book.place(holdingOf(request.instrument), request),
    );
    this.#book.group(orders);
    return orders.map((order) => this.#view(order));
  }

  cancel(view: OrderView, why?: string): void {
    this.#book.cancel(orderOf(view), shortText(why) || 'cancelled by the strategy');
  }
  cancelAll(instrument?: InstrumentView, why?: string): void {
    const only = instrument === undefined ? null : holdingOf(instrument);
    const reason = shortText(why) || 'cancelled by the strategy';
    for (const held of only === null ? this.#views.map(holdingOf) : [only]) {
      this.#book.cancelOf(held, reason);
    }
  }
  get open(): readonly OrderView[] {
    return this.#views
      .flatMap((view) => holdingOf(view).orders)
      .filter(isOpen)
      .sort((a, b) => a.id - b.id)
      .map((order) => this.#view(order));
  }

  signal(instrument: InstrumentView, signal: number, why?: string): void {
    if (Number.isNaN(signal)) return;
    const held = holdingOf(instrument);
    if (signal === held.signal) return;
    const first = Number.isNaN(held.signal);
    held.signal = signal;
    if (first && signal === 0 && held.quantity === 0) return;
    const wanted = signal === 0 ? 0 : this.#units(held, signal);
    this.#book.towards(held, wanted, shortText(why), true);
  }
  toQuantity(instrument: InstrumentView, quantity: number, why?: string): void {
    this.#book.towards(holdingOf(instrument), quantity, shortText(why));
  }
  toWeight(instrument: InstrumentView, weight: number, why?: string): void {
    const held = holdingOf(instrument);
    this.#book.towards(held, this.#weighted(held, weight, this.#account.equity()), shortText(why));
  }
  rebalance(weights: ReadonlyMap<InstrumentView, number>, why?: string): void {
    const equity = this.#account.equity();
    const reason = shortText(why);
    const wanted = this.#views.map((view) => {
      const held = holdingOf(view);
      return { held, units: this.#weighted(held, weights.get(view) ?? 0, equity) };
    });
    // What is sold is asked for first, so that limits on the whole see its room.
    wanted.sort((a, b) => Number(adds(a)) - Number(adds(b)));
    for (const { held, units } of wanted) {
      // What is neither held nor wanted may have no price, or not be traded any more.
      if (units !== 0 || held.quantity !== 0 || held.orders.length > 0) {
        this.#book.towards(held, units, reason);
      }
    }
  }

  /** Nothing is opened where there is no equity to open it with. */
  #units(held: Holding, signal: number): number {
    const equity = this.#account.equity();
    return equity > 0 ? this.#unitsOf(held, signal, equity) : 0;
  }

  #weighted(held: Holding, weight: number, equity: number): number {
    return weight === 0 || equity <= 0 ? 0 : (weight * equity) / unitValue(held);
  }

  #view(order: Order): OrderView {
    order.view ??= new OrderSight(order, this.#views[order.held.index] as InstrumentView);
    return order.view;
  }

  /** How the strategy sees an order of the run. */
  static viewOf(desk: Desk, order: Order): OrderView {
    return desk.#view(order);
  }
}

const adds = ({ held, units }: { readonly held: Holding; readonly units: number }): boolean =>
  Math.abs(units) > Math.abs(held.quantity);
