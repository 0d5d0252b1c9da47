import { present } from '@plimsoll/kernel';
import type { Account } from './account.ts';
import { type Holding, pointValue } from './holding.ts';
import type { OptionTerms } from './market.ts';
import type { OrderBook } from './order-book.ts';
import type { RunLog } from './run-log.ts';

/** What an option is worth if it is exercised: per unit of the underlying, ≥ 0. */
const intrinsic = ({ right, strike }: OptionTerms, price: number): number =>
  Math.max(0, right === 'call' ? price - strike : strike - price);

/**
 * Ends options: at the first moment at or after they expire what is in the money at the underlying’s
 * newest close is exercised, what was sold of it assigned; the rest is worth nothing.
 */
export class OptionExpiry {
  readonly #account: Account;
  readonly #book: OrderBook;
  readonly #log: RunLog;
  /** By when they expire. */
  readonly #options: readonly Holding[];
  #next = 0;

  constructor(
    holdings: readonly Holding[],
    behind: { readonly account: Account; readonly book: OrderBook; readonly log: RunLog },
  ) {
    this.#account = behind.account;
    this.#book = behind.book;
    this.#log = behind.log;
    this.#options = holdings
      .filter(({ underlying }) => underlying !== null)
      .sort((a, b) => expiryOf(a) - expiryOf(b) || a.index - b.index);
  }

  get any(): boolean {
    return this.#options.length > 0;
  }

  advance(now: number): void {
    for (; this.#next < this.#options.length; this.#next++) {
      const held = this.#options[this.#next] as Holding;
      if (expiryOf(held) > now) return;
      this.#expire(held, now);
    }
  }

  /** Calls sold are assigned before a dividend that exceeds what is left of their time value. */
  beforeDividend(underlying: Holding, perUnit: number, at: number): void {
    for (const held of this.#options) {
      const terms = present(held.instrument.option, 'an option');
      if (held.underlying !== underlying || held.quantity >= 0 || !held.alive) continue;
      if (
        terms.right !== 'call' ||
        terms.exercise !== 'american' ||
        terms.settlement !== 'physical'
      )
        continue;
      const worth = intrinsic(terms, underlying.price);
      if (worth > 0 && perUnit > held.price - worth) {
        this.#deliver(held, terms, at, 'early assignment');
      }
    }
  }

  #expire(held: Holding, now: number): void {
    const terms = present(held.instrument.option, 'an option');
    held.alive = false;
    this.#book.cancelOf(held, `${held.instrument.id} has expired`);
    const { underlying } = held;
    if (held.quantity === 0 || underlying === null) return;
    const worth = intrinsic(terms, underlying.price);
    if (!(worth > 0)) {
      this.#close(held, now, 0, 'expiry', 'expired worthless');
      return;
    }
    if (terms.settlement === 'cash' || !this.#canDeliver(held, terms, underlying)) {
      this.#close(held, now, worth, 'expiry', `settled in cash at ${worth}`);
    } else this.#deliver(held, terms, now, held.quantity > 0 ? 'exercise' : 'assignment');
  }

  /** Who has not the money to take units delivered, or the units in a cash account, is paid in cash. */
  #canDeliver(held: Holding, { right, strike }: OptionTerms, underlying: Holding): boolean {
    if (!Number.isFinite(underlying.rate) || !underlying.alive) return false;
    const units = unitsOf(held, underlying);
    const takes = (right === 'call') === held.quantity > 0;
    if (!this.#account.power.isCash) return true;
    return takes
      ? this.#account.cash >= units * strike * pointValue(underlying)
      : underlying.quantity >= units * (1 - 1e-12);
  }

  /** The option goes at no price, the underlying changes hands at the strike. */
  #deliver(held: Holding, { right, strike }: OptionTerms, at: number, kind: string): void {
    const underlying = present(held.underlying, 'an underlying');
    const units = unitsOf(held, underlying);
    const takes = (right === 'call') === held.quantity > 0;
    this.#close(held, at, 0, kind, kind);
    const why = `${kind} of ${held.instrument.id}`;
    const sign = takes ? 1 : -1;
    const order = this.#book.force({ held: underlying, sign, quantity: units, kind, why });
    this.#account.settle(order, at, strike);
    this.#log.add(at, 'event', `${why}: ${sign * units} ${underlying.instrument.id} at ${strike}`);
  }

  #close(held: Holding, at: number, price: number, kind: string, why: string): void {
    const sign = held.quantity > 0 ? -1 : 1;
    const quantity = Math.abs(held.quantity);
    this.#account.settle(this.#book.force({ held, sign, quantity, kind, why }), at, price);
    held.price = price;
    this.#log.add(at, 'event', `${held.instrument.id} ${why}`);
  }
}

const expiryOf = ({ instrument }: Holding): number => instrument.option?.expires ?? Number.NaN;

/** Units of the underlying that a position in an option stands for. */
const unitsOf = ({ quantity, instrument }: Holding, underlying: Holding): number =>
  (Math.abs(quantity) * instrument.multiplier) / underlying.instrument.multiplier;
