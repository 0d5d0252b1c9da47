import type { Decimal } from '@plimsoll/kernel';
import type { Account } from './account.ts';
import type { Currency } from './instrument.ts';
import type { Charges, Settlement, Transaction } from './transaction.ts';

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
): void {
  if (settlement)
    postings.cash(settlement.currency, net < 0n ? -settlement.amount : settlement.amount);
  else postings.cash(currency, net);
}

const ownCharges = (charges: Charges, currency: Currency): Decimal =>
  ((charges.feeCurrency ?? currency) === currency ? charges.fee : 0n) +
  ((charges.taxCurrency ?? currency) === currency ? charges.tax : 0n);

/**
 * The postings of a transaction, from the transaction alone. Fees and taxes are posted to accounts
 * of their own; whether they count as cost is a matter of valuation. Corporate actions that move
 * units without money carry no weight.
 */
export function postingsOf(
  transaction: Transaction,
  account: Account,
  cashTracked: boolean,
): readonly Posting[] {
  const postings = new Postings(account, cashTracked);
  post(postings, transaction, account.id);
  postings.balance('conversion');
  return postings.list;
}

function post(postings: Postings, t: Transaction, account: string): void {
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
      postCash(postings, t.currency, net, t.settlement);
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
      postings.units(
        account,
        t.instrumentId,
        t.type === 'option-assignment' ? t.quantity : -t.quantity,
        t.currency,
        0n,
      );
      postings.money('fees', t.currency, t.fee);
      postings.money('taxes', t.currency, t.tax);
      postings.cash(t.currency, -t.fee - t.tax);
      return;
    case 'delisting':
      postings.units(account, t.instrumentId, 0n, t.currency, -t.amount);
      postings.cash(t.currency, t.amount);
      return;
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
