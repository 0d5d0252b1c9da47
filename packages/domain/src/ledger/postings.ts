import { absolute, atPrice, type Decimal, mulDiv, multiply, splitWhole } from '@plimsoll/kernel';
import type { Account } from './account.ts';
import type { Currency, Instrument } from './instrument.ts';
import type { Charges, OptionEvent, Settlement, Transaction } from './transaction.ts';

/**
 * One account's change in one transaction. `weight` is what balances: the quantity for cash, the
 * booked amount for an instrument. Per currency the weights of a transaction sum to exactly zero.
 */
export interface Posting {
  /** An account's id, or `income`, `fees`, `taxes`, `external`, `conversion`, `equity`. */
  readonly account: string;
  /** Instrument id, or currency code for cash and the rest. */
  readonly commodity: string;
  readonly quantity: Decimal;
  readonly currency: Currency;
  readonly weight: Decimal;
}

class Postings {
  readonly list: Posting[] = [];
  readonly #cashGoesTo: string;

  constructor(account: Account, cashTracked: boolean) {
    this.#cashGoesTo = cashTracked ? account.id : 'external';
  }

  units(
    account: string,
    instrumentId: string,
    quantity: Decimal,
    currency: Currency,
    weight: Decimal,
  ): void {
    if (quantity === 0n && weight === 0n) return;
    this.list.push({ account, commodity: instrumentId, quantity, currency, weight });
  }

  /** Money on an account of its own kind, or on a named cash account. */
  money(account: string, currency: Currency, amount: Decimal): void {
    if (amount === 0n) return;
    this.list.push({ account, commodity: currency, quantity: amount, currency, weight: amount });
  }

  /** Cash of the transaction's account, or from outside where it keeps none. */
  cash(currency: Currency, amount: Decimal): void {
    this.money(this.#cashGoesTo, currency, amount);
  }

  /** Whatever does not balance yet, per currency, to the named account. */
  balance(account: string): void {
    const open = new Map<Currency, Decimal>();
    for (const { currency, weight } of this.list) {
      open.set(currency, (open.get(currency) ?? 0n) + weight);
    }
    for (const [currency, weight] of open) this.money(account, currency, -weight);
  }
}

/** Fees and taxes, each in its own currency, paid out of cash or already inside the settlement. */
function postCharges(
  postings: Postings,
  charges: Charges,
  currency: Currency,
  settled: Settlement | undefined,
): void {
  for (const kind of ['fee', 'tax'] as const) {
    const of = (kind === 'fee' ? charges.feeCurrency : charges.taxCurrency) ?? currency;
    postings.money(kind === 'fee' ? 'fees' : 'taxes', of, charges[kind]);
    if (of !== currency && of !== settled?.currency) postings.cash(of, -charges[kind]);
  }
}

/** The cash side of an amount whose currency's net is `net` (positive: received). */
function postCash(
  postings: Postings,
  currency: Currency,
  net: Decimal,
  settlement: Settlement | undefined,
  pays = false,
): void {
  if (!settlement) {
    postings.cash(currency, net);
    return;
  }
  const goes = net < 0n || (net === 0n && pays);
  postings.cash(settlement.currency, goes ? -settlement.amount : settlement.amount);
}

const ownCharges = (charges: Charges, currency: Currency): Decimal =>
  ((charges.feeCurrency ?? currency) === currency ? charges.fee : 0n) +
  ((charges.taxCurrency ?? currency) === currency ? charges.tax : 0n);

/** What the units of some corporate actions and option events follow from. */
export interface PostingContext {
  instrument(id: string): Instrument;
  /** Units held just before. */
  held(accountId: string, instrumentId: string): Decimal;
}

/**
 * The postings of a transaction. Those of most types follow from the transaction alone; units that
 * depend on what is held (a split by ratio, a merger, an expiry, the underlying of an option) are
 * posted where `context` is given. Fees and taxes are posted to accounts
 * of their own; whether they count as cost is a matter of valuation. Corporate actions that move
 * units without money carry no weight.
 */
export function postingsOf(
  transaction: Transaction,
  account: Account,
  cashTracked: boolean,
  context?: PostingContext,
): readonly Posting[] {
  const postings = new Postings(account, cashTracked);
  post(postings, transaction, account.id, context);
  if (context) postHeldUnits(postings, transaction, account.id, context);
  postings.balance('conversion');
  return postings.list;
}

function post(
  postings: Postings,
  t: Transaction,
  account: string,
  context: PostingContext | undefined,
): void {
  switch (t.type) {
    case 'buy':
    case 'cover':
    case 'sell':
    case 'short':
    case 'redemption':
    case 'amortisation': {
      const sign = t.type === 'buy' || t.type === 'cover' ? 1n : -1n;
      const accrued = t.accrued ?? 0n;
      postings.units(account, t.instrumentId, sign * t.quantity, t.currency, sign * t.amount);
      postings.money('income', t.currency, sign * accrued);
      postCharges(postings, t, t.currency, t.settlement);
      const net = -sign * (t.amount + accrued) - ownCharges(t, t.currency);
      postCash(postings, t.currency, net, t.settlement, sign > 0n);
      return;
    }
    case 'deposit':
    case 'withdrawal': {
      const amount = t.type === 'deposit' ? t.amount : -t.amount;
      postings.cash(t.currency, amount);
      postings.money('external', t.currency, -amount);
      return;
    }
    case 'transfer':
      if (t.instrumentId !== undefined) {
        postings.units(account, t.instrumentId, -t.quantity, t.currency, 0n);
        postings.units(t.toAccountId, t.instrumentId, t.quantity, t.currency, 0n);
      } else {
        postings.money(account, t.currency, -t.quantity);
        postings.money(t.toAccountId, t.currency, t.quantity);
      }
      return;
    case 'delivery-in':
    case 'delivery-out': {
      const sign = t.type === 'delivery-in' ? 1n : -1n;
      const worth = t.amount ?? t.cost ?? 0n;
      postings.units(account, t.instrumentId, sign * t.quantity, t.currency, sign * worth);
      postCharges(postings, t, t.currency, t.settlement);
      postings.balance('external');
      return;
    }
    case 'opening-balance':
      if (t.instrumentId === undefined) postings.cash(t.currency, t.quantity);
      else postings.units(account, t.instrumentId, t.quantity, t.currency, t.cost);
      postings.balance('external');
      return;
    case 'adjustment':
      if (t.instrumentId === undefined) postings.cash(t.currency, t.quantity);
      else {
        const weight = t.quantity < 0n ? -t.amount : t.amount;
        postings.units(account, t.instrumentId, t.quantity, t.currency, weight);
      }
      postings.balance('external');
      return;
    case 'dividend':
    case 'interest':
    case 'coupon':
    case 'staking':
    case 'rent':
    case 'other-income': {
      postings.money('income', t.currency, -t.amount);
      postCharges(postings, t, t.currency, t.settlement);
      const net = t.amount - ownCharges(t, t.currency);
      if (t.reinvested) {
        const { instrumentId, quantity } = t.reinvested;
        postings.units(account, instrumentId, quantity, t.currency, net);
      } else postCash(postings, t.currency, net, t.settlement);
      return;
    }
    case 'fee':
    case 'tax':
    case 'margin-interest':
      postings.money(t.type === 'tax' ? 'taxes' : 'fees', t.currency, t.amount);
      postings.cash(t.currency, -t.amount);
      return;
    case 'fx':
      postings.cash(t.sold.currency, -t.sold.amount);
      postings.cash(t.bought.currency, t.bought.amount);
      for (const kind of ['fee', 'tax'] as const) {
        const of = (kind === 'fee' ? t.feeCurrency : t.taxCurrency) ?? t.currency;
        postings.money(kind === 'fee' ? 'fees' : 'taxes', of, t[kind]);
        postings.cash(of, -t[kind]);
      }
      return;
    case 'split':
    case 'stock-dividend':
      if (t.added !== undefined) postings.units(account, t.instrumentId, t.added, '', 0n);
      if (t.cashInLieu) postInLieu(postings, account, t.instrumentId, t.cashInLieu);
      return;
    case 'spin-off':
      postings.units(account, t.childId, t.quantity, '', 0n);
      return;
    case 'merger':
    case 'symbol-change':
      if (t.boot) postInLieu(postings, account, t.instrumentId, t.boot);
      if (t.cashInLieu) postInLieu(postings, account, t.intoId, t.cashInLieu);
      return;
    case 'return-of-capital':
      postings.units(account, t.instrumentId, 0n, t.currency, -t.amount);
      postCash(postings, t.currency, t.amount, t.settlement);
      return;
    case 'option-exercise':
    case 'option-assignment':
    case 'option-expiry':
      if (t.type !== 'option-expiry') {
        const gone = t.type === 'option-assignment' ? t.quantity : -t.quantity;
        postings.units(account, t.instrumentId, gone, t.currency, 0n);
      }
      for (const kind of ['fee', 'tax'] as const) {
        const of = (kind === 'fee' ? t.feeCurrency : t.taxCurrency) ?? t.currency;
        postings.money(kind === 'fee' ? 'fees' : 'taxes', of, t[kind]);
        postings.cash(of, -t[kind]);
      }
      return;
    case 'delisting': {
      const short = context !== undefined && context.held(account, t.instrumentId) < 0n;
      const amount = short ? -t.amount : t.amount;
      postings.units(account, t.instrumentId, 0n, t.currency, -amount);
      postings.cash(t.currency, amount);
      return;
    }
  }
}

function postInLieu(
  postings: Postings,
  account: string,
  instrumentId: string,
  money: { readonly amount: Decimal; readonly currency: Currency },
): void {
  postings.units(account, instrumentId, 0n, money.currency, -money.amount);
  postings.cash(money.currency, money.amount);
}

/** Units that follow from what is held just before. */
function postHeldUnits(
  postings: Postings,
  t: Transaction,
  account: string,
  context: PostingContext,
): void {
  const move = (instrumentId: string, units: Decimal): void =>
    postings.units(account, instrumentId, units, '', 0n);
  const fraction = (units: Decimal): Decimal => {
    const over = splitWhole(absolute(units)).fraction;
    return units < 0n ? -over : over;
  };
  switch (t.type) {
    case 'split':
    case 'stock-dividend': {
      const held = context.held(account, t.instrumentId);
      const after = t.ratio ? mulDiv(held, t.ratio.new, t.ratio.old) : held + (t.added ?? 0n);
      if (t.ratio) move(t.instrumentId, after - held);
      if (t.cashInLieu) move(t.instrumentId, -fraction(after));
      return;
    }
    case 'merger':
    case 'symbol-change': {
      const held = context.held(account, t.instrumentId);
      const gained = mulDiv(held, t.ratio.new, t.ratio.old);
      move(t.instrumentId, -held);
      move(t.intoId, t.cashInLieu ? gained - fraction(gained) : gained);
      return;
    }
    case 'delisting':
      move(t.instrumentId, -context.held(account, t.instrumentId));
      return;
    case 'option-expiry': {
      const long = context.held(account, t.instrumentId) > 0n;
      move(t.instrumentId, long ? -t.quantity : t.quantity);
      return;
    }
    case 'option-exercise':
    case 'option-assignment':
      postUnderlying(postings, t, account, context.instrument(t.instrumentId));
      return;
  }
}

/** The underlying against cash at the strike. */
function postUnderlying(
  postings: Postings,
  event: OptionEvent,
  account: string,
  { option, multiplier, currency }: Instrument,
): void {
  if (!option) return;
  const units = multiply(event.quantity, multiplier);
  const comes = (option.right === 'call') === (event.type === 'option-exercise');
  const sign = comes ? 1n : -1n;
  const amount = sign * atPrice(units, option.strike);
  postings.units(account, option.underlyingId, sign * units, currency, amount);
  postings.cash(currency, -amount);
}
