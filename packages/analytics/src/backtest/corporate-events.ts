import type { Account } from './account.ts';
import { type Holding, type Order, pointValue } from './holding.ts';
import type { InstrumentEvent } from './market.ts';
import type { OrderBook } from './order-book.ts';
import type { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';
import { roundedChange } from './sizing.ts';

/** A dividend that is due, in base currency; below zero where it is owed. */
interface Due {
  readonly held: Holding;
  readonly at: number;
  readonly net: number;
}

type Split = Extract<InstrumentEvent, { kind: 'split' }>;
type Dividend = Extract<InstrumentEvent, { kind: 'dividend' }>;

/**
 * What happens to instruments: splits and dividends before the open of the first bar that opens at or
 * after them, delistings at the first moment after them. Nothing here looks at a bar that is not known.
 */
export class CorporateEvents {
  readonly #settings: BacktestSettings;
  readonly #account: Account;
  readonly #book: OrderBook;
  readonly #log: RunLog;
  readonly #base: string;
  readonly #eventful: readonly Holding[];
  #due: Due[] = [];
  /** Told before a dividend is booked, so that calls may be assigned. */
  onDividend: ((held: Holding, dividend: Dividend) => void) | null = null;

  constructor(
    settings: BacktestSettings,
    holdings: readonly Holding[],
    behind: {
      readonly account: Account;
      readonly book: OrderBook;
      readonly log: RunLog;
      readonly base: string;
    },
  ) {
    this.#settings = settings;
    this.#account = behind.account;
    this.#book = behind.book;
    this.#log = behind.log;
    this.#base = behind.base;
    this.#eventful = holdings.filter(({ events }) => events.length > 0);
  }

  get any(): boolean {
    return this.#eventful.length > 0;
  }

  /** Called when the bars of a moment are known and before orders meet them. */
  advance(moment: number, now: number): void {
    for (const held of this.#eventful) {
      const fresh = held.moment === moment;
      this.#until(
        held,
        fresh ? (held.bars.opened[held.row] as number) : Number.NEGATIVE_INFINITY,
        now,
      );
    }
    if (this.#due.length > 0) this.#pay(now);
  }

  #until(held: Holding, opened: number, now: number): void {
    for (; held.nextEvent < held.events.length; held.nextEvent++) {
      const event = held.events[held.nextEvent] as InstrumentEvent;
      if (event.at > (event.kind === 'delisting' ? now : opened)) return;
      if (held.alive) this.#happen(held, event);
    }
  }

  #happen(held: Holding, event: InstrumentEvent): void {
    if (event.kind === 'split') this.#split(held, event);
    else if (event.kind === 'dividend') this.#dividend(held, event);
    else this.#delist(held, event.at, event.value ?? held.price);
  }

  #split(held: Holding, { ratio, at }: Split): void {
    if (!(ratio > 0)) return;
    held.price /= ratio;
    for (const order of held.orders) splitOrder(order, ratio, held.instrument.step);
    this.#book.cancelOf(
      held,
      'nothing is left of it after a split',
      ({ quantity, filled }) => quantity <= filled,
    );
    if (held.quantity === 0) return;
    this.#account.trades.split(held, ratio);
    held.averagePrice /= ratio;
    held.quantity *= ratio;
    this.#log.add(at, 'event', `${held.instrument.id} split ${ratio} for 1: ${held.quantity} held`);
    const whole = roundedChange(held.quantity, held.instrument.step);
    const fraction = held.quantity - whole;
    if (Math.abs(fraction) <= 1e-9 * Math.abs(held.quantity)) held.quantity = whole;
    else
      this.#settle(held, Math.abs(fraction), held.price, {
        at,
        kind: 'cash-in-lieu',
        why: 'fraction after a split',
      });
  }

  #dividend(held: Holding, dividend: Dividend): void {
    this.onDividend?.(held, dividend);
    const { paid, withheld } = this.#settings.dividends;
    if (held.quantity === 0 || paid === 'never' || !Number.isFinite(held.rate)) return;
    const gross = held.quantity * dividend.perUnit * pointValue(held);
    // Who sold short owes all of it.
    const tax = gross > 0 ? withheld * gross : 0;
    this.#account.totals.dividends += gross;
    this.#account.totals.withheld += tax;
    let net = gross - tax;
    if (held.instrument.currency !== this.#base) {
      const charge = (Math.abs(net) * this.#settings.currencyBps) / 10_000;
      this.#account.totals.currency += charge;
      net -= charge;
    }
    this.#account.trades.carry(held, net);
    const at = paid === 'pay-date' ? (dividend.paidAt ?? dividend.at) : dividend.at;
    this.#account.receivable += net;
    this.#due.push({ held, at, net });
    this.#log.add(
      dividend.at,
      'event',
      `${held.instrument.id} dividend of ${dividend.perUnit} a unit: ${net.toFixed(2)} due`,
    );
  }

  #pay(now: number): void {
    const later: Due[] = [];
    for (const due of this.#due) {
      if (due.at > now) later.push(due);
      else {
        this.#account.receivable -= due.net;
        this.#account.cash += due.net;
      }
    }
    if (later.length === 0) this.#account.receivable = 0;
    this.#due = later;
  }

  #delist(held: Holding, at: number, value: number): void {
    held.alive = false;
    this.#book.cancelOf(held, `${held.instrument.id} is not traded any more`);
    if (held.quantity === 0) return;
    const price = Number.isFinite(value) ? value : 0;
    this.#log.add(at, 'event', `${held.instrument.id} delisted: paid out at ${price}`);
    this.#settle(held, Math.abs(held.quantity), price, { at, kind: 'delisting', why: 'delisted' });
    held.price = price;
  }

  /** Takes units out of a position for cash. */
  #settle(
    held: Holding,
    quantity: number,
    price: number,
    { at, kind, why }: { readonly at: number; readonly kind: string; readonly why: string },
  ): void {
    const sign = held.quantity > 0 ? -1 : 1;
    this.#account.settle(this.#book.force({ held, sign, quantity, kind, why }), at, price);
  }
}

/** An order means after a split what it meant before. */
function splitOrder(order: Order, ratio: number, step: number): void {
  const left = roundedChange((order.quantity - order.filled) * ratio, step);
  order.filled *= ratio;
  order.quantity = order.filled + left;
  order.best /= ratio;
  const { type } = order;
  if (type.kind === 'limit') order.type = { ...type, limit: type.limit / ratio };
  else if (type.kind === 'stop') order.type = { ...type, stop: type.stop / ratio };
  else if (type.kind === 'stop-limit') {
    order.type = { ...type, stop: type.stop / ratio, limit: type.limit / ratio };
  } else if (type.kind === 'trailing' && type.as === 'price') {
    order.type = { ...type, by: type.by / ratio };
  }
  splitBracket(order, ratio);
}

/** The levels of exits that are yet to be placed. */
function splitBracket(order: Order, ratio: number): void {
  const { bracket } = order;
  if (bracket === null) return;
  order.bracket = {
    ...(bracket.stop === undefined ? {} : { stop: bracket.stop / ratio }),
    ...(bracket.target === undefined ? {} : { target: bracket.target / ratio }),
  };
}
