import { transactionTypes } from '@plimsoll/domain';
import { z } from 'zod';
import { currency, day, exact, id, instant, pageQuery } from './scalars.ts';

const base = {
  accountId: id,
  effectiveAt: day,
  time: z
    .string()
    .regex(/^\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/)
    .optional(),
  note: z.string().max(2000).optional(),
};
const lots = z.array(z.object({ openedBy: id, quantity: exact }).strict()).optional();
const settlement = z.object({ currency, amount: exact }).strict().optional();
const charges = {
  fee: exact.default('0'),
  tax: exact.default('0'),
  feeCurrency: currency.optional(),
  taxCurrency: currency.optional(),
};
const money = z.object({ amount: exact, currency }).strict();
const ratio = z.object({ new: exact, old: exact }).strict();

const trade = z
  .object({
    type: z.enum(['buy', 'sell', 'short', 'cover']),
    ...base,
    ...charges,
    instrumentId: id,
    quantity: exact,
    price: exact.optional(),
    amount: exact.optional(),
    currency,
    accrued: exact.optional(),
    settlement,
    lots,
  })
  .strict();
const cashFlow = z
  .object({ type: z.enum(['deposit', 'withdrawal']), ...base, amount: exact, currency })
  .strict();
const transfer = z
  .object({
    type: z.literal('transfer'),
    ...base,
    toAccountId: id,
    instrumentId: id.optional(),
    quantity: exact,
    currency,
    worth: exact.optional(),
    lots,
  })
  .strict();
const delivery = z
  .object({
    type: z.enum(['delivery-in', 'delivery-out']),
    ...base,
    ...charges,
    instrumentId: id,
    quantity: exact,
    amount: exact.optional(),
    currency,
    settlement,
    cost: exact.optional(),
    openedOn: day.optional(),
    lots,
  })
  .strict();
const openingBalance = z
  .object({
    type: z.literal('opening-balance'),
    ...base,
    instrumentId: id.optional(),
    quantity: exact,
    cost: exact,
    currency,
    openedOn: day.optional(),
  })
  .strict();
const income = z
  .object({
    type: z.enum(['dividend', 'interest', 'coupon', 'staking', 'rent', 'other-income']),
    ...base,
    ...charges,
    instrumentId: id.optional(),
    amount: exact,
    currency,
    settlement,
    reinvested: z.object({ instrumentId: id, quantity: exact }).strict().optional(),
  })
  .strict();
const expense = z
  .object({
    type: z.enum(['fee', 'tax', 'margin-interest']),
    ...base,
    instrumentId: id.optional(),
    amount: exact,
    currency,
  })
  .strict();
const conversion = z
  .object({
    type: z.literal('fx'),
    ...base,
    ...charges,
    sold: money,
    bought: money,
    currency,
  })
  .strict();
const split = z
  .object({
    type: z.enum(['split', 'stock-dividend']),
    ...base,
    instrumentId: id,
    ratio: ratio.optional(),
    added: exact.optional(),
    cashInLieu: money.optional(),
  })
  .strict();
const spinOff = z
  .object({
    type: z.literal('spin-off'),
    ...base,
    instrumentId: id,
    childId: id,
    quantity: exact,
    costShare: exact,
  })
  .strict();
const exchange = z
  .object({
    type: z.enum(['merger', 'symbol-change']),
    ...base,
    instrumentId: id,
    intoId: id,
    ratio,
    boot: money.optional(),
    cashInLieu: money.optional(),
  })
  .strict();
const returnOfCapital = z
  .object({
    type: z.literal('return-of-capital'),
    ...base,
    instrumentId: id,
    amount: exact,
    currency,
    settlement,
  })
  .strict();
const optionEvent = z
  .object({
    type: z.enum(['option-exercise', 'option-assignment', 'option-expiry']),
    ...base,
    ...charges,
    instrumentId: id,
    quantity: exact,
    currency,
  })
  .strict();
const redemption = z
  .object({
    type: z.enum(['redemption', 'amortisation']),
    ...base,
    ...charges,
    instrumentId: id,
    quantity: exact,
    amount: exact,
    accrued: exact.optional(),
    currency,
    settlement,
  })
  .strict();
const delisting = z
  .object({
    type: z.literal('delisting'),
    ...base,
    instrumentId: id,
    amount: exact.default('0'),
    currency,
  })
  .strict();
const adjustment = z
  .object({
    type: z.literal('adjustment'),
    ...base,
    reason: z.string().min(3).max(500),
    instrumentId: id.optional(),
    quantity: exact,
    amount: exact.default('0'),
    currency,
  })
  .strict();

/** A transaction as a person or program enters it. Trades need a price or an amount. */
export const newTransaction = z.discriminatedUnion('type', [
  trade,
  cashFlow,
  transfer,
  delivery,
  openingBalance,
  income,
  expense,
  conversion,
  split,
  spinOff,
  exchange,
  returnOfCapital,
  optionEvent,
  redemption,
  delisting,
  adjustment,
]);

export const newTransactions = z
  .object({ transactions: z.array(newTransaction).min(1).max(5000) })
  .strict();

/** A recorded transaction as lists show it: the common fields in one shape, the whole in `fact`. */
export const transactionRow = z.object({
  id,
  seq: z.number().int(),
  type: z.enum(transactionTypes),
  effectiveAt: day,
  time: z.string().nullable(),
  recordedAt: instant,
  accountId: id,
  account: z.string(),
  instrumentId: id.nullable(),
  instrument: z.string().nullable(),
  quantity: exact.nullable(),
  price: exact.nullable(),
  amount: exact.nullable(),
  fee: exact.nullable(),
  tax: exact.nullable(),
  currency: currency.nullable(),
  note: z.string().nullable(),
  source: z.object({ importId: id, file: z.string(), line: z.number().int() }).nullable(),
  reversedBy: id.nullable(),
  /** The transaction as recorded, exact numbers as text. */
  fact: z.record(z.string(), z.unknown()),
});

export const transactionQuery = pageQuery.extend({
  account: id.optional(),
  portfolio: id.optional(),
  instrument: id.optional(),
  type: z.enum(transactionTypes).optional(),
  from: day.optional(),
  to: day.optional(),
  import: id.optional(),
  text: z.string().max(200).optional(),
  reversed: z.enum(['true', 'false']).optional(),
});

export const transactionPage = z.object({
  items: z.array(transactionRow),
  next: z.string().nullable(),
  total: z.number().int(),
});

export const recordedReply = z.object({
  added: z.number().int(),
  ids: z.array(id),
});

export const reversalRequest = z.object({ reason: z.string().min(1).max(500) }).strict();

/** Postings of one transaction: per currency their weights sum to zero. */
export const posting = z.object({
  account: z.string(),
  commodity: z.string(),
  quantity: exact,
  currency,
  weight: exact,
});

/** One transaction as lists show it, with its postings. */
export const transactionDetail = transactionRow.extend({ postings: z.array(posting) });
