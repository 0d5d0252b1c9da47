import { absolute, type DayNumber, type Decimal, least, mulDiv } from '@plimsoll/kernel';
import type { LotPart } from '../lots/lot.ts';
import { OpenLots } from '../lots/open-lots.ts';
import type { Currency } from './instrument.ts';
import { emptyTally, type Tally } from './tally.ts';

/**
 * Cash of one currency in one account. Foreign cash is kept in lots with their worth in the base
 * currency when they came, oldest first out, so that its FX gain is known; an overdraft is a short lot.
 */
export class Cash {
  readonly currency: Currency;
  readonly tally: Tally = emptyTally();
  /** Null for the base currency, whose worth never changes. */
  readonly lots: OpenLots | null;
  balance: Decimal = 0n;
  #order = 0;

  constructor(currency: Currency, base: Currency) {
    this.currency = currency;
    this.lots = currency === base ? null : new OpenLots('fifo');
  }

  /** `amount` comes, worth `base`. */
  receive(amount: Decimal, base: Decimal, day: DayNumber, by: string): void {
    this.#move(amount, base, day, by);
  }

  /** `amount` goes, worth `base`. */
  pay(amount: Decimal, base: Decimal, day: DayNumber, by: string): void {
    this.#move(-amount, -base, day, by);
  }

  #move(amount: Decimal, base: Decimal, day: DayNumber, by: string): void {
    this.balance += amount;
    if (!this.lots || amount === 0n) return;
    const held = this.lots.quantity;
    const closing = held !== 0n && held < 0n !== amount < 0n;
    const closed = closing ? least(absolute(amount), absolute(held)) : 0n;
    const closedBase = closed === absolute(amount) ? base : mulDiv(base, closed, absolute(amount));
    if (closed > 0n) this.#close(closed, closedBase);
    const rest = amount < 0n ? amount + closed : amount - closed;
    if (rest === 0n) return;
    const restBase = base - closedBase;
    this.lots.open({
      openedBy: by,
      openedOn: day,
      order: this.#order++,
      quantity: rest,
      currency: this.currency,
      cost: rest,
      baseCost: restBase,
      basis: rest,
      baseBasis: restBase,
    });
  }

  /** Closes lots against `base`, signed as what moves: minus when we pay. */
  #close(units: Decimal, base: Decimal): void {
    let basis = 0n;
    let cost = 0n;
    for (const part of this.lots?.take(units) ?? []) {
      basis += part.baseBasis;
      cost += part.baseCost;
    }
    const gain = -base - basis;
    this.tally.realised += gain;
    this.tally.realisedFx += gain;
    this.tally.realisedByCost += -base - cost;
  }

  /** Lots leave as they are, for another account. What is not covered by lots is left to the caller. */
  takeLots(amount: Decimal): LotPart[] {
    if (!this.lots || this.lots.quantity <= 0n) return [];
    const parts = this.lots.take(least(amount, this.lots.quantity));
    for (const part of parts) this.balance -= part.quantity;
    return parts;
  }

  /** A lot arrives as it was. */
  receiveLot(part: LotPart): void {
    if (!this.lots || this.lots.quantity < 0n) {
      this.receive(part.quantity, part.baseBasis, part.openedOn, part.openedBy);
      return;
    }
    this.balance += part.quantity;
    this.lots.open({ ...part, order: this.#order++ });
  }
}
