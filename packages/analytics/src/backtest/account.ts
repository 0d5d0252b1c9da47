import { type Allowed, BuyingPower, type Means } from './buying-power.ts';
import { type CommissionOf, commissionModel } from './costs.ts';
import { FillBook } from './fill-book.ts';
import { type Holding, type Order, pointValue, positionValue } from './holding.ts';
import { writtenOut } from './late-text.ts';
import { moveOrder, remaining } from './order.ts';
import type { CostTotals } from './result.ts';
import type { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';
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
export class Account implements Means {
  cash: number;
  /** Dividends that are due and not paid yet, in base currency; below zero where owed. */
  receivable = 0;
  readonly fills = new FillBook();
  readonly trades: TradeRecorder;
  readonly totals: { -readonly [K in keyof CostTotals]: number } = {
    commission: 0,
    slippage: 0,
    currency: 0,
    borrow: 0,
    interestPaid: 0,
    interestEarned: 0,
    dividends: 0,
    withheld: 0,
  };
  readonly power: BuyingPower;
  /** Told of every fill where it is set. */
  onFill: ((order: Order, execution: Execution, commission: number) => void) | null = null;
  readonly #log: RunLog;
  readonly #clock: Clock;
  readonly #commission: CommissionOf;
  readonly #rejects: boolean;
  readonly #base: string;
  readonly #currencyShare: number;
  /** Whether commission depends on what was traded in the month. */
  readonly #tiered: boolean;
  readonly #month = { of: Number.NaN, value: 0 };
  /** Those of which something is held. */
  readonly #held: Holding[] = [];

  constructor(
    settings: BacktestSettings,
    holdings: readonly Holding[],
    surroundings: { readonly log: RunLog; readonly clock: Clock; readonly base: string },
  ) {
    this.#log = surroundings.log;
    this.#clock = surroundings.clock;
    this.#base = surroundings.base;
    this.cash = settings.cash;
    this.#commission = commissionModel(settings.commission);
    this.#tiered = settings.commission.kind === 'tiered';
    this.#rejects = settings.whenShortOfCash === 'reject';
    this.#currencyShare = settings.currencyBps / 10_000;
    this.trades = new TradeRecorder(holdings.length);
    this.power = new BuyingPower(settings.account, holdings);
  }

  /** Cash, what is due, and positions at the newest closes. */
  equity(): number {
    let sum = this.cash + this.receivable;
    for (const held of this.#held) sum += positionValue(held);
    return sum;
  }

  /** Those of which something is held, by their place. */
  get held(): readonly Holding[] {
    return this.#held;
  }

  feesOf(order: Order, quantity: number, price: number): number {
    const value = quantity * price * pointValue(order.held);
    return this.#charge(order, quantity, value) + this.#exchange(order.held, value);
  }

  /**
   * Carries out an execution as far as the account lets it. What cannot be paid for is cut or rejected,
   * as the settings say, and the order tells so.
   *
   * @returns units that changed hands.
   */
  execute(order: Order, execution: Execution): number {
    const { quantity, price, at } = execution;
    const { quantity: granted, reason } = this.#granted(order, quantity, price);
    const whole = order.timeInForce === 'fok' || this.#rejects;
    if (granted < quantity && (granted <= 0 || whole)) {
      moveOrder(order, order.filled > 0 ? 'cancelled' : 'rejected', at, reason);
      const { id, state } = order;
      this.#log.add(at, 'order', () => `order ${id} ${state}: ${writtenOut(reason)}`);
      return 0;
    }
    if (granted < quantity) {
      const cut = (): string => `cut from ${quantity} to ${granted}: ${writtenOut(reason)}`;
      const { id } = order;
      order.reason = cut;
      this.#log.add(at, 'order', () => `order ${id} ${cut()}`);
    }
    const commission = this.#charge(order, granted, granted * price * pointValue(order.held));
    this.#book(
      order,
      granted === quantity ? execution : { ...execution, quantity: granted },
      commission,
    );
    if (remaining(order) <= 0) moveOrder(order, 'filled', at);
    else moveOrder(order, granted < quantity ? 'cancelled' : 'partially_filled', at);
    return granted;
  }

  /** Books what happens to a position without a market: nothing is charged, nothing asked. */
  settle(order: Order, at: number, price: number): void {
    this.#book(order, { at, quantity: remaining(order), price, marketPrice: price }, 0);
    moveOrder(order, 'filled', at);
  }

  #granted(order: Order, quantity: number, price: number): Allowed {
    if (!Number.isFinite(order.held.rate)) {
      return {
        quantity: 0,
        reason: `no rate from ${order.held.instrument.currency} to ${this.#base} is known`,
      };
    }
    return this.power.allowed(order, quantity, price, this);
  }

  #charge(order: Order, quantity: number, value: number): number {
    return this.#commission(quantity, value, order, this.#tiered ? this.#monthValue() : 0);
  }

  /** Traded so far in the calendar month, UTC. */
  #monthValue(): number {
    const date = new Date(this.#clock.now);
    const month = 12 * date.getUTCFullYear() + date.getUTCMonth();
    if (month !== this.#month.of) {
      this.#month.of = month;
      this.#month.value = 0;
    }
    return this.#month.value;
  }

  #exchange({ instrument }: Holding, value: number): number {
    return instrument.currency === this.#base ? 0 : this.#currencyShare * value;
  }

  #book(order: Order, { at, quantity, price, marketPrice }: Execution, commission: number): void {
    const { held, sign } = order;
    const worth = pointValue(held);
    const value = quantity * price * worth;
    const exchange = order.forced ? 0 : this.#exchange(held, value);
    const slippage = Math.abs(price - marketPrice) * quantity * worth;
    const signed = sign * quantity;
    this.cash -= signed * price * worth + commission;
    if (exchange !== 0) this.cash -= exchange;
    this.totals.commission += commission;
    this.totals.slippage += slippage;
    this.totals.currency += exchange;
    this.#month.value += value;
    order.filled += quantity;
    order.paid += quantity * price;
    order.value += value;
    order.commission += commission;
    this.onFill?.(order, { at, quantity, price, marketPrice }, commission);
    const wasHeld = held.quantity !== 0;
    // Of the trade that the fill ends, where it ends one: afterwards that is closed.
    if (exchange !== 0 && wasHeld) this.trades.carry(held, -exchange);
    this.#change(order, { at, quantity: signed, price, worth, commission });
    if (exchange !== 0 && !wasHeld) this.trades.carry(held, -exchange);
    if ((held.quantity !== 0) !== wasHeld) this.#keep(held);
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

  /** Changes the position. One that is turned around ends a trade and begins another. */
  #change(
    order: Order,
    fill: {
      readonly at: number;
      readonly quantity: number;
      readonly price: number;
      readonly worth: number;
      readonly commission: number;
    },
  ): void {
    const { held } = order;
    const before = held.quantity;
    const { quantity, price, commission } = fill;
    const size = Math.abs(quantity);
    const turns = before !== 0 && before > 0 !== quantity > 0 && size > Math.abs(before);
    if (!turns) {
      if (before === 0) held.averagePrice = price;
      else if (before > 0 === quantity > 0) {
        held.averagePrice =
          (held.averagePrice * Math.abs(before) + price * size) / (Math.abs(before) + size);
      }
      held.quantity = before + quantity;
      this.trades.fill(held, order, fill, order.why);
      return;
    }
    held.quantity = 0;
    const closing = Math.abs(before) / size;
    this.trades.fill(
      held,
      order,
      { ...fill, quantity: -before, commission: commission * closing },
      order.why,
    );
    const added = quantity + before;
    held.averagePrice = price;
    held.quantity = added;
    const share = Math.abs(added) / size;
    this.trades.fill(
      held,
      order,
      { ...fill, quantity: added, commission: commission * share },
      order.why,
    );
  }

  /** Puts a holding among those of which something is held, or takes it out. */
  #keep(held: Holding): void {
    const place = this.#held.indexOf(held);
    if (held.quantity === 0) {
      if (place === this.#held.length - 1) this.#held.pop();
      else if (place >= 0) this.#held.splice(place, 1);
    } else if (place < 0) {
      this.#held.push(held);
      if (this.#held.length > 1) this.#held.sort((a, b) => a.index - b.index);
    }
  }
}
