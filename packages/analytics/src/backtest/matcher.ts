import type { Account } from './account.ts';
import { highOf, lowOf, priceAtOpen, priceWithin, stopLevel } from './bar-prices.ts';
import type { FillMoment, Holding, Order } from './holding.ts';
import { closesSession, opensSession } from './market.ts';
import { finerMeetings, type Meeting, meeting } from './meeting.ts';
import { isOpen, moveOrder, reduces, remaining, takesPrice } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { BacktestSettings } from './settings.ts';
import { roundedChange } from './sizing.ts';
import { SlipInBar } from './slip-in-bar.ts';

/** An order, the price that the market has for it, and when. */
interface Met {
  readonly order: Order;
  readonly price: number;
  readonly at: number;
}

/** More than the finer bars that any bar is made of: a week of seconds. */
const mostFiner = 1_000_000;

/**
 * Carries out what waits, bar by bar: first at the opens of all instruments, what makes positions
 * smaller before what makes them larger; then within each bar, stops before limits; then at the closes.
 * By instrument and number where nothing else decides, so never by the order of registration.
 */
export class Matcher {
  /** Bars of unknown volume in which nothing was filled for that. */
  unknownVolumes = 0;
  readonly #holdings: readonly Holding[];
  readonly #account: Account;
  readonly #book: OrderBook;
  readonly #slip: SlipInBar;
  readonly #volumeLimit: number | undefined;
  readonly #through: boolean;
  readonly #due: Met[] = [];
  readonly #fresh: Holding[] = [];
  /** Counts bars and finer bars within them, so that an order knows the one it was placed in. */
  #bar = 0;
  /** The number of the first of this moment’s. */
  #first = 0;

  constructor(
    settings: BacktestSettings,
    holdings: readonly Holding[],
    surroundings: { readonly account: Account; readonly book: OrderBook },
  ) {
    this.#holdings = holdings;
    this.#account = surroundings.account;
    this.#book = surroundings.book;
    this.#slip = new SlipInBar(settings.slippage);
    this.#volumeLimit = settings.volumeLimit;
    this.#through = settings.limitOrders === 'traded-through';
  }

  /** What slippage left out because its bar ended. */
  get cutOff(): SlipInBar['cutOff'] {
    return this.#slip.cutOff;
  }

  /** Carries out what waits on the instruments whose bars have become known at this moment. */
  matchMoment(moment: number): void {
    const fresh = this.#freshAt(moment);
    if (fresh.length === 0) return;
    this.#first += mostFiner;
    this.#bar = this.#first;
    for (const held of fresh) this.#begin(held);
    if (this.#isOne(fresh)) {
      this.#one((fresh[0] as Holding).orders[0] as Order);
      return;
    }
    this.#atOpens(fresh);
    for (const held of fresh) if (held.orders.length > 0) this.#within(held);
    this.#bar = this.#first;
    this.#atCloses(fresh);
    for (const held of fresh) if (held.orders.length > 0) this.#end(held);
  }

  /** The instruments with a new bar on which something waits. */
  #freshAt(moment: number): readonly Holding[] {
    const only = this.#holdings[0] as Holding;
    if (this.#holdings.length === 1 && only.moment === moment && only.orders.length > 0) {
      return this.#holdings;
    }
    const fresh = this.#fresh;
    fresh.length = 0;
    for (const held of this.#holdings) {
      if (held.moment === moment && held.orders.length > 0) fresh.push(held);
    }
    return fresh;
  }

  /** Carries out market orders decided on this moment’s closes at these very closes. */
  matchDecisions(moment: number): void {
    const due = this.#due;
    due.length = 0;
    for (const held of this.#holdings) {
      if (held.moment !== moment || held.orders.length === 0) continue;
      const price = held.bars.close[held.row] as number;
      const at = held.bars.known[held.row] as number;
      if (Number.isNaN(price)) continue;
      this.#measure(held);
      for (const order of held.orders) if (isDecision(order)) due.push({ order, price, at });
    }
    const decided = due.map(({ order }) => order);
    this.#carryOut('close');
    for (const order of decided) if (isOpen(order)) this.#notThen(order);
  }

  /** What was good for this close alone is gone after it. */
  #notThen(order: Order): void {
    const { timeInForce, held } = order;
    const at = held.bars.known[held.row] as number;
    const closes = ((held.bars.edges[held.row] as number) & closesSession) !== 0;
    if (timeInForce === 'ioc' || timeInForce === 'fok') {
      moveOrder(order, 'cancelled', at, 'not all of it was to be had at once');
    } else if (timeInForce === 'day' && closes) {
      moveOrder(order, 'expired', at, 'its session has ended');
    } else order.session = held.bars.session[held.row] as number;
  }

  /** Whether nothing waits but one market order, as is most common: there is nothing to put in order. */
  #isOne(fresh: readonly Holding[]): boolean {
    const [held] = fresh;
    const order = fresh.length === 1 && held?.orders.length === 1 ? held.orders[0] : undefined;
    return order?.type.kind === 'market' && order.timeInForce === 'gtc' && order.bracket === null;
  }

  #one(order: Order): void {
    const { bars, row } = order.held;
    const open = bars.open[row] as number;
    if (!this.#eligible(order) || Number.isNaN(open)) return;
    this.#fill(order, open, bars.opened[row] as number, 'open');
  }

  /** Whether an order was there before the bar opened, or was placed by a fill within it. */
  #eligible(order: Order): boolean {
    if (order.born !== null && order.born.bar === this.#bar) return true;
    const { bars, row } = order.held;
    return order.submittedAt <= (bars.opened[row] as number);
  }

  /** What may be taken of the volume of the newest bar, once for all that take of it. */
  #measure(held: Holding): void {
    if (this.#volumeLimit === undefined || held.volumeOf === held.moment) return;
    const volume = held.bars.volume[held.row] as number;
    if (Number.isNaN(volume)) this.unknownVolumes++;
    held.volumeLeft = volume > 0 ? this.#volumeLimit * volume : 0;
    held.volumeOf = held.moment;
  }

  #begin(held: Holding): void {
    const { bars, row } = held;
    this.#measure(held);
    const session = bars.session[row] as number;
    for (let i = held.orders.length - 1; i >= 0; i--) {
      const order = held.orders[i] as Order;
      if (order.timeInForce === 'day' && order.session < session) this.#expire(order, held);
      else if (Number.isNaN(order.session) && this.#eligible(order)) order.session = session;
    }
  }

  #expire(order: Order, { bars, row }: Holding): void {
    moveOrder(order, 'expired', bars.opened[row] as number, 'its session has ended');
  }

  #atOpens(fresh: readonly Holding[]): void {
    const due = this.#due;
    due.length = 0;
    for (const { orders, bars, row } of fresh) {
      const open = bars.open[row] as number;
      const at = bars.opened[row] as number;
      const opens = ((bars.edges[row] as number) & opensSession) !== 0;
      for (const order of orders) {
        if (!this.#eligible(order) || (order.type.kind === 'market-on-open' && !opens)) continue;
        const price = priceAtOpen(order, open);
        if (!Number.isNaN(price)) due.push({ order, price, at });
      }
    }
    this.#carryOut('open');
    for (const held of fresh) {
      for (let i = held.orders.length - 1; i >= 0; i--) this.#notAtOnce(held.orders[i] as Order);
    }
  }

  /** What must be had at once or not at all is gone after the open. */
  #notAtOnce(order: Order): void {
    const { timeInForce, held } = order;
    if ((timeInForce !== 'ioc' && timeInForce !== 'fok') || !this.#eligible(order)) return;
    const reason =
      order.filled > 0 ? 'no more was to be had at once' : 'nothing was to be had at once';
    moveOrder(order, 'cancelled', held.bars.opened[held.row] as number, reason);
  }

  /** Carries out what is due, at each time what makes positions smaller first: its money is there then. */
  #carryOut(how: FillMoment): void {
    const due = this.#due;
    if (due.length > 1) due.sort(earlierFirst);
    for (const { order, price, at } of due) {
      if (isOpen(order)) this.#fill(order, price, at, how);
    }
    due.length = 0;
  }

  #within(held: Holding): void {
    this.#bar = this.#first;
    const finer = finerMeetings(held);
    if (finer === null) {
      this.#meet(held, meeting(held.bars, held.row));
      return;
    }
    for (const [i, bar] of finer.entries()) {
      if (held.orders.length === 0) return;
      if (i > 0) {
        this.#bar++;
        this.#openOfFiner(held, bar);
      }
      this.#meet(held, bar);
      this.#trail(held, bar);
    }
  }

  #openOfFiner(held: Holding, bar: Meeting): void {
    for (const order of this.#inOrder(held)) {
      if (!isOpen(order) || !this.#mayMeet(order)) continue;
      const price = priceAtOpen(order, bar.open);
      if (!Number.isNaN(price)) this.#fill(order, price, bar.opened, 'open');
    }
  }

  /** Stops first: which of two levels a bar came to first is not known, so the worse is believed. */
  #inOrder({ orders }: Holding): readonly Order[] {
    const stops = orders.filter((order) => !Number.isNaN(stopLevel(order)));
    return [...stops, ...orders.filter((order) => Number.isNaN(stopLevel(order)))];
  }

  #meet(held: Holding, bar: Meeting): void {
    // Fills may place orders that can fill in the same bar; each takes of what there is, so it ends.
    while (this.#meetOnce(held, bar)) if (held.orders.length === 0) return;
  }

  /** Whether anything was filled. */
  #meetOnce(held: Holding, bar: Meeting): boolean {
    let any = false;
    for (const order of this.#inOrder(held)) {
      if (!isOpen(order) || !this.#mayMeet(order)) continue;
      const how = Number.isNaN(stopLevel(order)) || order.triggered ? 'limit' : 'stop';
      const price = this.#priceMet(order, bar);
      if (Number.isNaN(price)) continue;
      if (this.#fill(order, price, Math.max(bar.opened, bar.known - 1), how)) any = true;
    }
    return any;
  }

  #mayMeet(order: Order): boolean {
    const { kind } = order.type;
    const conditional =
      kind !== 'market' && kind !== 'market-on-open' && kind !== 'market-on-close';
    return conditional && (order.born !== null || this.#eligible(order));
  }

  #priceMet(order: Order, bar: Meeting): number {
    const { born } = order;
    if (born === null || born.bar !== this.#bar) {
      return priceWithin(order, bar, { through: this.#through, afterLimit: false });
    }
    if (born.how === 'close') return Number.NaN;
    // It was placed at that price: what lies on the wrong side of it fills there.
    const atOnce = priceAtOpen(order, born.price);
    if (!Number.isNaN(atOnce)) return atOnce;
    return priceWithin(order, bar, { through: this.#through, afterLimit: born.how === 'limit' });
  }

  #atCloses(fresh: readonly Holding[]): void {
    const due = this.#due;
    due.length = 0;
    for (const { orders, bars, row } of fresh) {
      if (((bars.edges[row] as number) & closesSession) === 0) continue;
      const price = bars.close[row] as number;
      const at = bars.known[row] as number;
      for (const order of orders) {
        if (
          order.type.kind === 'market-on-close' &&
          this.#eligible(order) &&
          !Number.isNaN(price)
        ) {
          due.push({ order, price, at });
        }
      }
    }
    this.#carryOut('close');
  }

  /** Stops that follow the price do so after the bar; orders for the day end with their session. */
  #end(held: Holding): void {
    const { bars, row } = held;
    if (finerMeetings(held) === null) this.#trail(held, meeting(bars, row));
    if (((bars.edges[row] as number) & closesSession) === 0) return;
    for (let i = held.orders.length - 1; i >= 0; i--) {
      const order = held.orders[i] as Order;
      if (order.timeInForce === 'day' && this.#eligible(order)) {
        moveOrder(order, 'expired', bars.known[row] as number, 'its session has ended');
      }
    }
  }

  #trail(held: Holding, bar: Meeting): void {
    for (const order of held.orders) {
      if (order.type.kind !== 'trailing' || !this.#eligible(order)) continue;
      const best = order.sign === 1 ? lowOf(bar) : highOf(bar);
      const better = order.sign * (order.best - best) > 0 || Number.isNaN(order.best);
      if (better && !Number.isNaN(best)) order.best = best;
    }
  }

  /** Whether anything changed hands, or the order is done. */
  #fill(order: Order, marketPrice: number, at: number, how: FillMoment): boolean {
    const { held } = order;
    const quantity = this.#quantityOf(order);
    if (quantity <= 0) return false;
    const price = takesPrice(order)
      ? this.#slip.priceOf(order, quantity, marketPrice)
      : marketPrice;
    const filled = this.#account.execute(order, { at, quantity, price, marketPrice });
    if (filled > 0) {
      held.volumeLeft -= filled;
      this.#book.filled(order, filled, { bar: this.#bar, at, how, price: marketPrice });
    }
    return filled > 0 || !isOpen(order);
  }

  /** What can be had: of the volume, and of an exit no more than there is to close. */
  #quantityOf(order: Order): number {
    const { held } = order;
    let quantity = remaining(order);
    if (order.exitOf !== null)
      quantity = Math.min(quantity, Math.max(0, -order.sign * held.quantity));
    if (this.#volumeLimit === undefined || quantity <= held.volumeLeft) return quantity;
    if (order.timeInForce === 'fok') return 0;
    return roundedChange(Math.max(0, held.volumeLeft), held.instrument.step);
  }
}

/** Whether an order was decided on the newest close of its instrument. */
const isDecision = ({ type, submittedAt, held }: Order): boolean =>
  type.kind === 'market' && submittedAt === held.bars.known[held.row];

const adds = ({ order }: Met): number => (reduces(order) ? 0 : 1);

const earlierFirst = (a: Met, b: Met): number =>
  a.at - b.at ||
  adds(a) - adds(b) ||
  a.order.held.index - b.order.held.index ||
  a.order.id - b.order.id;
