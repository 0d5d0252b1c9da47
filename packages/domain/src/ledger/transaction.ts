import type { Day, Decimal, Price } from '@plimsoll/kernel';
import type { Currency } from './instrument.ts';

/** Where a transaction was read: `degiro.csv`, line 14 to 17. */
export interface SourcePosition {
  readonly importId: string;
  readonly file: string;
  readonly line: number;
}

interface TransactionBase {
  readonly id: string;
  readonly accountId: string;
  readonly effectiveAt: Day;
  /** Time of day in the account's zone, `14:30:03.613`, where known. */
  readonly time?: string;
  /** Order among same-day transactions of one source; smaller is earlier. */
  readonly position: number;
  readonly note?: string;
  readonly source?: SourcePosition;
}

/**
 * What was really paid or received where the cash side is in another currency than the trade:
 * net of fees and taxes, always positive. Its ratio to the trade's net amount is the booked rate,
 * which wins over any market rate.
 */
export interface Settlement {
  readonly currency: Currency;
  readonly amount: Decimal;
}

/** Fees and taxes beside an amount; positive is paid, negative a rebate or refund. */
export interface Charges {
  readonly fee: Decimal;
  readonly tax: Decimal;
  /** Defaults to the transaction's currency. */
  readonly feeCurrency?: Currency;
  readonly taxCurrency?: Currency;
}

/** The lots a closing takes, by their opening transaction. */
export interface LotChoice {
  readonly openedBy: string;
  readonly quantity: Decimal;
}

export interface Trade extends TransactionBase, Charges {
  readonly type: 'buy' | 'sell' | 'short' | 'cover';
  readonly instrumentId: string;
  /** Always positive. */
  readonly quantity: Decimal;
  /** As the broker states it; `amount` wins where the two differ. */
  readonly price?: Price;
  /** Worth of the units before fees and taxes, without accrued interest; ≥ 0. */
  readonly amount: Decimal;
  readonly currency: Currency;
  /** Bond interest paid (buy) or received (sell) beside `amount`. */
  readonly accrued?: Decimal;
  readonly settlement?: Settlement;
  readonly lots?: readonly LotChoice[];
}

export interface CashFlow extends TransactionBase {
  readonly type: 'deposit' | 'withdrawal';
  /** Always positive. */
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** Between two accounts of the workspace: units with their lots, or cash. */
export interface Transfer extends TransactionBase {
  readonly type: 'transfer';
  /** Where it goes; `accountId` is where it comes from. */
  readonly toAccountId: string;
  readonly instrumentId?: string;
  /** Units moved; with no instrument, the cash amount. Always positive. */
  readonly quantity: Decimal;
  /** Of the cash moved, or of `worth`. */
  readonly currency: Currency;
  /** What the units are said to be worth: stands in where no market price is known. */
  readonly worth?: Decimal;
  readonly lots?: readonly LotChoice[];
}

/** Units that come from or go to where we keep no record: an external flow at market value. */
export interface Delivery extends TransactionBase, Charges {
  readonly type: 'delivery-in' | 'delivery-out';
  readonly instrumentId: string;
  readonly quantity: Decimal;
  /** Worth of the units, where stated; else the day's price, else `cost`. */
  readonly amount?: Decimal;
  readonly currency: Currency;
  readonly settlement?: Settlement;
  /** Inwards: original cost and opening day, where known, for the lot. */
  readonly cost?: Decimal;
  readonly openedOn?: Day;
  readonly lots?: readonly LotChoice[];
}

/** What was held when the record begins. `cost` counts as paid in on the day. */
export interface OpeningBalance extends TransactionBase {
  readonly type: 'opening-balance';
  /** None: a cash balance of `quantity` in `currency`. */
  readonly instrumentId?: string;
  /** Negative only for cash. */
  readonly quantity: Decimal;
  readonly cost: Decimal;
  readonly currency: Currency;
  readonly openedOn?: Day;
}

export const incomeTypes = [
  'dividend',
  'interest',
  'coupon',
  'staking',
  'rent',
  'other-income',
] as const;

export type IncomeType = (typeof incomeTypes)[number];

export interface Income extends TransactionBase, Charges {
  readonly type: IncomeType;
  /** What paid it. */
  readonly instrumentId?: string;
  /** Gross; tax withheld stands beside it. Negative for a correction. */
  readonly amount: Decimal;
  readonly currency: Currency;
  readonly settlement?: Settlement;
  /** Taken in units instead of cash: opens a lot that costs the net amount. */
  readonly reinvested?: { readonly instrumentId: string; readonly quantity: Decimal };
}

/** Paid by itself, not beside a trade. Positive is paid, negative is given back. */
export interface Expense extends TransactionBase {
  readonly type: 'fee' | 'tax' | 'margin-interest';
  readonly instrumentId?: string;
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** A conversion of cash. */
export interface Conversion extends TransactionBase, Charges {
  readonly type: 'fx';
  readonly sold: { readonly currency: Currency; readonly amount: Decimal };
  readonly bought: { readonly currency: Currency; readonly amount: Decimal };
  /** Of the fee where it is neither side's. */
  readonly currency: Currency;
}

/** New units for old, `new` : `old`. */
export interface Ratio {
  readonly new: Decimal;
  readonly old: Decimal;
}

export interface Split extends TransactionBase {
  readonly type: 'split' | 'stock-dividend';
  readonly instrumentId: string;
  /** Either the ratio (10 : 1, 1 : 20 for a reverse split) … */
  readonly ratio?: Ratio;
  /** … or the units added (negative: taken away), as some brokers state it. */
  readonly added?: Decimal;
  /** Paid for the fraction, which then leaves. */
  readonly cashInLieu?: { readonly amount: Decimal; readonly currency: Currency };
}

export interface SpinOff extends TransactionBase {
  readonly type: 'spin-off';
  /** The parent. */
  readonly instrumentId: string;
  readonly childId: string;
  /** Units of the child received. */
  readonly quantity: Decimal;
  /** Share of the parent's cost that moves to the child, 0 to 1. */
  readonly costShare: Decimal;
}

export interface Exchange extends TransactionBase {
  readonly type: 'merger' | 'symbol-change';
  readonly instrumentId: string;
  readonly intoId: string;
  readonly ratio: Ratio;
  /** Cash boot received for all units together. */
  readonly boot?: { readonly amount: Decimal; readonly currency: Currency };
  readonly cashInLieu?: { readonly amount: Decimal; readonly currency: Currency };
}

export interface ReturnOfCapital extends TransactionBase {
  readonly type: 'return-of-capital';
  readonly instrumentId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
  readonly settlement?: Settlement;
}

/** An option leaves: exercised by us, assigned to us, or worthless. */
export interface OptionEvent extends TransactionBase, Charges {
  readonly type: 'option-exercise' | 'option-assignment' | 'option-expiry';
  readonly instrumentId: string;
  /** Contracts, always positive. */
  readonly quantity: Decimal;
  readonly currency: Currency;
}

/** A bond pays back: all units (`redemption`) or part of the face (`amortisation`). */
export interface Redemption extends TransactionBase, Charges {
  readonly type: 'redemption' | 'amortisation';
  readonly instrumentId: string;
  /** Units that leave. */
  readonly quantity: Decimal;
  /** Principal paid, without accrued interest. */
  readonly amount: Decimal;
  readonly accrued?: Decimal;
  readonly currency: Currency;
  readonly settlement?: Settlement;
}

/** Every unit leaves for `amount`, often nothing. */
export interface Delisting extends TransactionBase {
  readonly type: 'delisting';
  readonly instrumentId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** An explicit correction that needs a reason; an external flow. */
export interface Adjustment extends TransactionBase {
  readonly type: 'adjustment';
  readonly reason: string;
  readonly instrumentId?: string;
  /** Signed units, or signed cash with no instrument. */
  readonly quantity: Decimal;
  /** Cost of the units added, or proceeds of those taken away; 0 where unknown. */
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** One dated event that the user records or imports. Immutable: corrected by a reversal and a new one. */
export type Transaction =
  | Trade
  | CashFlow
  | Transfer
  | Delivery
  | OpeningBalance
  | Income
  | Expense
  | Conversion
  | Split
  | SpinOff
  | Exchange
  | ReturnOfCapital
  | OptionEvent
  | Redemption
  | Delisting
  | Adjustment;

export type TransactionType = Transaction['type'];

/** The same without what the record gives it: what importers and forms make. */
export type TransactionDraft = DistributiveOmit<Transaction, 'id' | 'source'>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export const transactionTypes = [
  'buy',
  'sell',
  'short',
  'cover',
  'deposit',
  'withdrawal',
  'transfer',
  'delivery-in',
  'delivery-out',
  'opening-balance',
  ...incomeTypes,
  'fee',
  'tax',
  'margin-interest',
  'fx',
  'split',
  'stock-dividend',
  'spin-off',
  'merger',
  'symbol-change',
  'return-of-capital',
  'option-exercise',
  'option-assignment',
  'option-expiry',
  'redemption',
  'amortisation',
  'delisting',
  'adjustment',
] as const satisfies readonly TransactionType[];

/** A reversal annuls one earlier entry; reversing a reversal brings the entry back. */
export interface Reversal {
  readonly id: string;
  readonly reverses: string;
  readonly reason: string;
}
