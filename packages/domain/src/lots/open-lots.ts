import { absolute, type Decimal, least, mulDiv } from '@plimsoll/kernel';
import type { LotMethod } from '../ledger/account.ts';
import type { LotChoice } from '../ledger/transaction.ts';
import type { Lot, LotPart } from './lot.ts';

/** `a` is taken before `b` when negative. */
type TakeOrder = (a: Lot, b: Lot) => number;

const byOpening: TakeOrder = (a, b) => a.openedOn - b.openedOn || a.order - b.order;

/** Costs of two currencies do not compare, so lots are told apart by currency first. */
function byUnitCost(a: Lot, b: Lot): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  const left = absolute(a.cost) * absolute(b.quantity);
  const right = absolute(b.cost) * absolute(a.quantity);
  return left < right ? -1 : left > right ? 1 : 0;
}

const takeOrders: Record<LotMethod, TakeOrder> = {
  fifo: byOpening,
  lifo: (a, b) => byOpening(b, a),
  hifo: (a, b) => byUnitCost(b, a) || byOpening(a, b),
  lofo: (a, b) => byUnitCost(a, b) || byOpening(a, b),
  average: byOpening,
  specific: byOpening,
};

/** The open lots of one instrument in one account, kept in the order in which closings take them. */
export class OpenLots {
  #lots: Lot[] = [];
  /** Lots before it are gone. */
  #head = 0;
  #quantity: Decimal = 0n;
  readonly #method: LotMethod;
  readonly #before: TakeOrder;

  constructor(method: LotMethod) {
    this.#method = method;
    this.#before = takeOrders[method];
  }

  /** Σ of the lots; negative when short. */
  get quantity(): Decimal {
    return this.#quantity;
  }

  get count(): number {
    return this.#lots.length - this.#head;
  }

  /**
   * The open lots in take order. The amounts may be rewritten by the caller, who then calls
   * `reorder`, but not the quantities.
   */
  *[Symbol.iterator](): Generator<Lot> {
    for (let i = this.#head; i < this.#lots.length; i++) {
      const lot = this.#lots[i];
      if (lot) yield lot;
    }
  }

  /** Adds a lot; under average cost it melts into the pool of its currency. */
  open(lot: Lot): void {
    if (lot.quantity === 0n) return;
    this.#quantity += lot.quantity;
    if (this.#method === 'average' && this.#melt(lot)) return;
    const last = this.#lots.at(-1);
    if (this.count === 0 || (last && this.#before(last, lot) <= 0)) {
      this.#lots.push(lot);
      return;
    }
    let low = this.#head;
    let high = this.#lots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#lots[middle];
      if (other && this.#before(other, lot) <= 0) low = middle + 1;
      else high = middle;
    }
    this.#lots.splice(low, 0, lot);
  }

  #melt(lot: Lot): boolean {
    for (const pool of this) {
      if (pool.currency !== lot.currency) continue;
      pool.quantity += lot.quantity;
      pool.cost += lot.cost;
      pool.baseCost += lot.baseCost;
      pool.basis += lot.basis;
      pool.baseBasis += lot.baseBasis;
      return true;
    }
    return false;
  }

  /** Cuts `quantity` units (positive, at most what is open) off, chosen lots first, then in take order. */
  take(quantity: Decimal, choices: readonly LotChoice[] = []): LotPart[] {
    const parts: LotPart[] = [];
    let wanted = quantity;
    for (const choice of choices) {
      let chosen = least(choice.quantity, wanted);
      for (let i = this.#head; i < this.#lots.length && chosen > 0n; i++) {
        const lot = this.#lots[i];
        if (lot?.openedBy !== choice.openedBy) continue;
        const units = this.#cut(lot, least(chosen, absolute(lot.quantity)), parts);
        chosen -= units;
        wanted -= units;
      }
    }
    this.#dropEmpty(choices.length > 0);
    while (wanted > 0n && this.#head < this.#lots.length) {
      const lot = this.#lots[this.#head];
      if (!lot) break;
      wanted -= this.#cut(lot, least(wanted, absolute(lot.quantity)), parts);
      if (lot.quantity === 0n) this.#head++;
    }
    this.#compact();
    return parts;
  }

  #cut(lot: Lot, units: Decimal, parts: LotPart[]): Decimal {
    if (units === 0n) return 0n;
    const whole = absolute(lot.quantity);
    const signed = lot.quantity < 0n ? -units : units;
    const share = (amount: Decimal): Decimal =>
      units === whole ? amount : mulDiv(amount, units, whole);
    const part: LotPart = {
      openedBy: lot.openedBy,
      openedOn: lot.openedOn,
      order: lot.order,
      quantity: signed,
      currency: lot.currency,
      cost: share(lot.cost),
      baseCost: share(lot.baseCost),
      basis: share(lot.basis),
      baseBasis: share(lot.baseBasis),
    };
    lot.quantity -= part.quantity;
    lot.cost -= part.cost;
    lot.baseCost -= part.baseCost;
    lot.basis -= part.basis;
    lot.baseBasis -= part.baseBasis;
    this.#quantity -= part.quantity;
    parts.push(part);
    return units;
  }

  #dropEmpty(needed: boolean): void {
    if (!needed) return;
    this.#lots = this.#lots.slice(this.#head).filter((lot) => lot.quantity !== 0n);
    this.#head = 0;
  }

  #compact(): void {
    if (this.#head === this.#lots.length) {
      this.#lots = [];
      this.#head = 0;
    } else if (this.#head > 512 && this.#head * 2 > this.#lots.length) {
      this.#lots = this.#lots.slice(this.#head);
      this.#head = 0;
    }
  }

  /**
   * Rescales the quantity by `numerator ÷ denominator`, rounded once for all lots together; costs
   * stay. Lots too small to leave a unit are cut off and answered.
   */
  rescale(numerator: Decimal, denominator: Decimal): LotPart[] {
    const lots = [...this];
    let before = this.#quantity;
    let after = mulDiv(before, numerator, denominator);
    this.#quantity = after;
    for (const lot of lots) {
      const quantity = lot.quantity === before ? after : mulDiv(after, lot.quantity, before);
      before -= lot.quantity;
      after -= quantity;
      lot.quantity = quantity;
    }
    this.#lots = lots.filter((lot) => lot.quantity !== 0n);
    this.#head = 0;
    this.reorder();
    return lots.filter((lot) => lot.quantity === 0n);
  }

  /** Puts the lots back into take order after their costs were rewritten. */
  reorder(): void {
    this.#lots = this.#lots.slice(this.#head).sort(this.#before);
    this.#head = 0;
  }

  /** The first choice that names more than its lots have open; under average cost there is one pool. */
  unmet(choices: readonly LotChoice[]): LotChoice | undefined {
    if (this.#method === 'average') return undefined;
    const left = new Map<string, Decimal>();
    for (const lot of this) {
      left.set(lot.openedBy, (left.get(lot.openedBy) ?? 0n) + lot.quantity);
    }
    return choices.find((choice) => {
      const open = (left.get(choice.openedBy) ?? 0n) - choice.quantity;
      left.set(choice.openedBy, open);
      return open < 0n;
    });
  }
}
