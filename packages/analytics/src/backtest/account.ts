import { type CommissionOf, commissionModel } from './costs.ts';
import { FillBook } from './fill-book.ts';
import { type Holding, positionValue } from './holding.ts';
import { moveOrder, type Order, remaining } from './order.ts';
import type { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';
import { roundedChange } from './sizing.ts';
import { TradeRecorder } from './trade-recorder.ts';
import type { Clock } from './views.ts';

/** Where and at what price the market takes an order. */
export interface Execution {
  /** Milliseconds. */
  readonly at: number;
  readonly quantity: number;
  /** Slippage in it. */
  readonly price: number;
  readonly marketPrice: number;
}

/** Cash and positions of a run; the only place where either changes. */
export class Account {
  cash: number;
  readonly fills = new FillBook();
  readonly trades: TradeRecorder;
  readonly totals = {
    commission: 0,
    slippage: 0,
    currency: 0,
    borrow: 0,
    interestPaid: 0,
    interestEarned: 0,
    dividends: 0,
    withheld: 0,
  };
  readonly #settings: BacktestSettings;
  readonly #holdings: readonly Holding[];
  readonly #log: RunLog;
  readonly #clock: Clock;
  readonly #commission: CommissionOf;
  /** Those of which something is held. */
  readonly #held: Holding[] = [];

  constructor(
    settings: BacktestSettings,
    holdings: readonly Holding[],
    surroundings: { readonly log: RunLog; readonly clock: Clock },
  ) {
    this.#settings = settings;
    this.#holdings = holdings;
    this.#log = surroundings.log;
    this.#clock = surroundings.clock;
    this.cash = settings.cash;
    this.#commission = commissionModel(settings.commission);
    this.trades = new TradeRecorder(holdings.length);
  }

  /** Cash and positions at the newest closes. */
  equity(): number {
    let sum = this.cash;
    for (const held of this.#held) sum += positionValue(held);
    return sum;
  }

  /** Those of which something is held. */
  get held(): readonly Holding[] {
    return this.#held;
  }

  /**
   * Carries out an execution as far as the money goes. What cannot be paid for is cut or rejected, as
   * the settings say, and the order tells so.
   */
  execute(order: Order, execution: Execution): void {
    const { held } = order;
    const affordable = this.#affordable(order, execution);
    if (affordable < execution.quantity) {
      const reason = `costs more than the cash of ${this.cash.toFixed(2)}`;
      if (affordable <= 0 || this.#settings.whenShortOfCash === 'reject') {
        moveOrder(order, order.filled > 0 ? 'cancelled' : 'rejected', execution.at, reason);
        this.#log.add(execution.at, 'order', `order ${order.id} ${order.state}: ${reason}`);
        return;
      }
      order.reason = `cut from ${execution.quantity} to ${affordable}: ${reason}`;
      this.#log.add(execution.at, 'order', `order ${order.id} ${order.reason}`);
    }
    this.#book(order, { ...execution, quantity: affordable });
    const left = remaining(order);
    if (left <= 0) moveOrder(order, 'filled', execution.at);
    else if (affordable < execution.quantity) moveOrder(order, 'cancelled', execution.at);
    else moveOrder(order, 'partially_filled', execution.at);
    if (order.state !== 'rejected') this.#sorted(held);
  }

  #sorted(held: Holding): void {
    const place = this.#held.indexOf(held);
    if (held.quantity === 0) {
      if (place >= 0) this.#held.splice(place, 1);
    } else if (place < 0) {
      this.#held.push(held);
      this.#held.sort((a, b) => a.index - b.index);
    }
  }

  #chargeFor(order: Order, quantity: number, value: number): number {
    return this.#commission(
      { quantity, value, monthValue: 0 },
      { value: order.value, quantity: order.filled, commission: order.commission },
    );
  }

  /** The largest part of an execution that can be paid for. */
  #affordable(order: Order, { quantity, price }: Execution): number {
    const { held } = order;
    const worth = held.instrument.multiplier * held.rate;
    if (this.#settings.account.kind === 'margin') return quantity;
    if (order.sign === -1) return Math.min(quantity, Math.max(0, held.quantity));
    const cost = quantity * price * worth;
    if (cost + this.#chargeFor(order, quantity, cost) <= this.cash) return quantity;
    // Commission grows with the quantity, so the largest that fits is found by halving.
    let fits = 0;
    let tooMuch = quantity;
    for (let i = 0; i < 100 && tooMuch - fits > 1e-12 * quantity; i++) {
      const middle = (fits + tooMuch) / 2;
      const value = middle * price * worth;
      if (value + this.#chargeFor(order, middle, value) <= this.cash) fits = middle;
      else tooMuch = middle;
    }
    return roundedChange(fits, held.instrument.step);
  }

  #book(order: Order, { at, quantity, price, marketPrice }: Execution): void {
    const { held, sign } = order;
    const worth = held.instrument.multiplier * held.rate;
    const value = quantity * price * worth;
    const commission = this.#chargeFor(order, quantity, value);
    const slippage = Math.abs(price - marketPrice) * quantity * worth;
    const signed = sign * quantity;
    const before = held.quantity;
    this.cash -= signed * price * worth + commission;
    this.totals.commission += commission;
    this.totals.slippage += slippage;
    order.filled += quantity;
    order.paid += quantity * price;
    order.value += value;
    order.commission += commission;
    const turns = before !== 0 && Math.sign(before) !== sign && quantity > Math.abs(before);
    if (turns) {
      const closing = Math.abs(before) / quantity;
      held.quantity = 0;
      const fill = { at, quantity: -before, price, worth, commission: commission * closing };
      this.trades.fill(held, order, fill, order.why);
    }
    const added = turns ? signed + before : signed;
    if (turns || before === 0) held.averagePrice = price;
    else if (Math.sign(before) === sign) {
      held.averagePrice =
        (held.averagePrice * Math.abs(before) + price * quantity) / (Math.abs(before) + quantity);
    }
    held.quantity = turns ? added : before + signed;
    const share = Math.abs(added) / quantity;
    const fill = { at, quantity: added, price, worth, commission: commission * share };
    this.trades.fill(held, order, fill, order.why);
    this.fills.add({
      order: order.id,
      instrument: held.index,
      moment: this.#clock.moment,
      at,
      quantity: signed,
      price,
      marketPrice,
      value,
      commission,
      slippage,
    });
  }

  /** All positions, for the sums of a moment. */
  get holdings(): readonly Holding[] {
    return this.#holdings;
  }
}
