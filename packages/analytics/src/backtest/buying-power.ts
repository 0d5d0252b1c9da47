import { affordableQuantity } from './affordable-quantity.ts';
import { type Holding, type Order, pointValue, positionValue } from './holding.ts';
import type { LateText } from './late-text.ts';
import { optionRequirement } from './option-requirement.ts';
import type { BacktestSettings } from './settings.ts';
import { roundedChange } from './sizing.ts';

/** What the account holds and owes when it is asked what it can pay for. */
export interface Means {
  readonly cash: number;
  readonly held: readonly Holding[];
  /** Fees of an order for so many units. */
  feesOf(order: Order, quantity: number, price: number): number;
}

/** How much of an order goes through, and why not all of it. */
export interface Allowed {
  readonly quantity: number;
  readonly reason: LateText;
}

const all = (quantity: number): Allowed => ({ quantity, reason: '' });

const notHeld =
  ({ instrument }: Holding, units: number): LateText =>
  () =>
    `only ${units} of ${instrument.id} are held, and a cash account sells nothing short`;

/** How much of an order the account lets through. What makes a position smaller always passes. */
export class BuyingPower {
  readonly #account: BacktestSettings['account'];
  /** Options by what they are on; empty where the run has none. */
  readonly #optionsOn: ReadonlyMap<Holding, readonly Holding[]>;

  constructor(account: BacktestSettings['account'], holdings: readonly Holding[]) {
    this.#account = account;
    const options = holdings.filter(({ underlying }) => underlying !== null);
    this.#optionsOn = Map.groupBy(options, (held) => held.underlying as Holding);
  }

  /** Whether nothing may be borrowed, neither money nor units. */
  get isCash(): boolean {
    return this.#account.kind === 'cash';
  }

  /** Whether options tie up money. */
  get #hasOptions(): boolean {
    return this.#optionsOn.size > 0;
  }

  allowed(order: Order, quantity: number, price: number, means: Means): Allowed {
    if (order.forced) return all(quantity);
    if (this.#account.kind === 'margin') return this.#onMargin(order, quantity, price, means);
    return this.#inCash(order, quantity, price, means);
  }

  /** Money that options sold tie up, in base currency. */
  tiedUp(): number {
    let sum = 0;
    for (const [underlying, options] of this.#optionsOn) {
      if (options.some(({ quantity }) => quantity < 0)) {
        sum += optionRequirement(underlying, options, this.#account.kind);
      }
    }
    return sum;
  }

  /** Equity that positions need at the least: of their value, and what options sold tie up. */
  required(share: number, gross: number): number {
    return share * gross + (this.#hasOptions ? this.tiedUp() : 0);
  }

  #inCash(order: Order, quantity: number, price: number, means: Means): Allowed {
    const { held, sign } = order;
    if (sign === -1 && held.underlying === null)
      return this.#soldInCash(order, quantity, price, means);
    if (this.#tiesUp(order)) return this.#covered(order, quantity, price, means);
    const costOf = (units: number): number =>
      units * price * pointValue(held) + means.feesOf(order, units, price);
    if (sign === -1 || costOf(quantity) <= means.cash) return all(quantity);
    const fits = affordableQuantity(costOf, quantity, means.cash);
    const { cash } = means;
    return {
      quantity: roundedChange(fits, held.instrument.step),
      reason: () => `costs more than the cash of ${cash.toFixed(2)}`,
    };
  }

  #soldInCash(order: Order, quantity: number, price: number, means: Means): Allowed {
    const { held } = order;
    const units = Math.min(quantity, Math.max(0, held.quantity));
    if (units === 0) return { quantity: 0, reason: notHeld(held, units) };
    if (means.cash + units * price * pointValue(held) < means.feesOf(order, units, price)) {
      return { quantity: 0, reason: 'its fees are more than it brings and than there is in cash' };
    }
    if (this.#tiesUp(order)) return this.#covered(order, units, price, means);
    return units < quantity ? { quantity: units, reason: notHeld(held, units) } : all(quantity);
  }

  /** Whether options sold, or an option about to be, decide about this order. */
  #tiesUp({ held, sign }: Order): boolean {
    if (!this.#hasOptions) return false;
    if (held.underlying !== null) return sign === -1 || this.#anySold();
    return this.#anySold();
  }

  #anySold(): boolean {
    for (const options of this.#optionsOn.values()) {
      if (options.some(({ quantity }) => quantity < 0)) return true;
    }
    return false;
  }

  /** The most that leaves the cash that options sold tie up. */
  #covered(order: Order, quantity: number, price: number, means: Means): Allowed {
    const { held, sign } = order;
    const { cash } = means;
    const step = held.instrument.step === 0 ? quantity / 1024 : held.instrument.step;
    const before = held.quantity;
    const fits = (units: number): boolean => {
      held.quantity = before + sign * units;
      const needs = this.tiedUp();
      held.quantity = before;
      const left =
        cash - sign * units * price * pointValue(held) - means.feesOf(order, units, price);
      return left >= needs;
    };
    if (fits(quantity)) return all(quantity);
    let [low, high] = [0, Math.ceil(quantity / step)];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (fits(middle * step)) low = middle;
      else high = middle;
    }
    return {
      quantity: low * step,
      reason: () =>
        `would not leave the cash or the units that options sold ask for, of ${cash.toFixed(2)} in cash`,
    };
  }

  #onMargin(order: Order, quantity: number, price: number, means: Means): Allowed {
    if (this.#account.kind !== 'margin') return all(quantity);
    const { held, sign } = order;
    const { initial } = this.#account;
    const worth = price * pointValue(held);
    let [equity, others] = [means.cash + held.quantity * worth, 0];
    for (const each of means.held) {
      if (each === held) continue;
      const value = positionValue(each);
      equity += value;
      others += Math.abs(value);
    }
    const before = held.quantity;
    const costOf = (units: number): number => {
      const after = before + sign * units;
      return (
        this.#needed(held, after, initial * (others + Math.abs(after) * worth)) +
        means.feesOf(order, units, price)
      );
    };
    const closing = sign * before < 0 ? Math.min(quantity, Math.abs(before)) : 0;
    if (quantity <= closing || costOf(quantity) <= equity) return all(quantity);
    const had = equity;
    const opening = affordableQuantity(
      (units) => costOf(closing + units),
      quantity - closing,
      equity,
    );
    return {
      quantity: closing + roundedChange(opening, held.instrument.step),
      reason: () => `needs more margin than the equity of ${had.toFixed(2)} gives`,
    };
  }

  /** With what options tie up, if as much was held. */
  #needed(held: Holding, after: number, share: number): number {
    if (!this.#hasOptions) return share;
    const before = held.quantity;
    held.quantity = after;
    const needs = share + this.tiedUp();
    held.quantity = before;
    return needs;
  }
}
