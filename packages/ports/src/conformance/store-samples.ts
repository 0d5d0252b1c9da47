import {
  type Account,
  type Instrument,
  plainInstrument,
  type Trade,
  type Transaction,
  type TransactionType,
} from '@plimsoll/domain';
import { decimal, price } from '@plimsoll/kernel';
import type { DailyBars } from '../market-data/market-data.ts';
import type { NewEntry } from '../store/store.ts';

/** The account that most sample transactions are in. */
export const account: Account = {
  id: 'broker',
  name: 'Broker',
  currency: 'EUR',
  lotMethod: 'fifo',
  cash: 'tracked',
  fees: 'capitalised',
  allowShort: false,
};

/** The other side of transfers. */
export const otherAccount: Account = { ...account, id: 'bank', name: 'Bank', lotMethod: 'average' };

/** Instruments of every shape: plain, with all identifiers, quoted in pence, an option. */
export const instruments: readonly Instrument[] = [
  plainInstrument({
    id: 'acme',
    kind: 'equity',
    name: 'Acme Ärztebedarf AG',
    currency: 'EUR',
    symbol: 'ACM',
  }),
  plainInstrument({
    id: 'tencent',
    kind: 'equity',
    name: 'Tencent',
    currency: 'HKD',
    symbol: '0700',
    mic: 'XHKG',
    isin: 'KYG875721634',
    figi: 'BBG000BJ35N5',
    cusip: 'G87572163',
    sector: 'Communication',
    country: 'CN',
  }),
  plainInstrument({
    id: 'pence',
    kind: 'fund',
    name: 'Quoted in pence',
    currency: 'GBP',
    priceFactor: price('0.01'),
    simulated: true,
  }),
  plainInstrument({
    id: 'call',
    kind: 'option',
    name: 'Acme call',
    currency: 'EUR',
    multiplier: decimal('100'),
    option: {
      underlyingId: 'acme',
      right: 'call',
      strike: price('12.345'),
      expiresOn: '2026-06-19',
    },
  }),
];

const base = (id: string, effectiveAt: string, position = 0) => ({
  id,
  accountId: account.id,
  effectiveAt,
  position,
});

const free = { fee: 0n, tax: 0n };

/** A purchase, the plainest of transactions. */
export const purchase = (id: string, fields: Partial<Trade> = {}): Trade => ({
  ...base(id, '2026-03-31'),
  ...free,
  type: 'buy',
  instrumentId: 'acme',
  quantity: decimal('10'),
  price: price('100'),
  amount: decimal('1000'),
  currency: 'EUR',
  ...fields,
});

/** One transaction of each type, with the members that are easily lost: exact, nested, optional. */
export const oneOfEach: Readonly<Record<TransactionType, Transaction>> = {
  buy: purchase('t-buy', {
    time: '14:30:03.613',
    note: 'Line\n"two" \\ é 𝄞 \u2028 \u0001',
    source: { importId: 'i', file: 'a.csv', line: 14 },
    quantity: decimal('0.000000000000000001'),
    price: price('0.000000000000000000000001'),
    amount: decimal('123456789012345678.123456789012345678'),
    fee: decimal('-0.1'),
    tax: decimal('0.3'),
    feeCurrency: 'USD',
    settlement: { currency: 'USD', amount: decimal('1.5') },
    lots: [{ openedBy: 't-1', quantity: decimal('2') }],
  }),
  sell: purchase('t-sell', { type: 'sell', accrued: decimal('0.5') }),
  short: purchase('t-short', { type: 'short' }),
  cover: purchase('t-cover', { type: 'cover' }),
  deposit: {
    ...base('t-deposit', '2026-01-02'),
    type: 'deposit',
    amount: decimal('5'),
    currency: 'EUR',
  },
  withdrawal: {
    ...base('t-withdrawal', '2026-01-03'),
    type: 'withdrawal',
    amount: decimal('5'),
    currency: 'EUR',
  },
  transfer: {
    ...base('t-transfer', '2026-01-04'),
    type: 'transfer',
    toAccountId: otherAccount.id,
    instrumentId: 'tencent',
    quantity: decimal('1'),
    currency: 'HKD',
    worth: decimal('400'),
  },
  'delivery-in': {
    ...base('t-delivery-in', '2026-01-05'),
    ...free,
    type: 'delivery-in',
    instrumentId: 'acme',
    quantity: decimal('1'),
    currency: 'EUR',
    cost: decimal('7'),
    openedOn: '2020-02-29',
  },
  'delivery-out': {
    ...base('t-delivery-out', '2026-01-05', 1),
    ...free,
    type: 'delivery-out',
    instrumentId: 'acme',
    quantity: decimal('1'),
    amount: decimal('8'),
    currency: 'EUR',
  },
  'opening-balance': {
    ...base('t-opening-balance', '2026-01-01'),
    type: 'opening-balance',
    quantity: decimal('-3.5'),
    cost: decimal('0'),
    currency: 'EUR',
  },
  dividend: {
    ...base('t-dividend', '2026-02-01'),
    fee: 0n,
    tax: decimal('0.15'),
    type: 'dividend',
    instrumentId: 'acme',
    amount: decimal('1'),
    currency: 'EUR',
    reinvested: { instrumentId: 'tencent', quantity: decimal('0.01') },
  },
  interest: {
    ...base('t-interest', '2026-02-01'),
    ...free,
    type: 'interest',
    amount: decimal('-1'),
    currency: 'EUR',
  },
  coupon: {
    ...base('t-coupon', '2026-02-01'),
    ...free,
    type: 'coupon',
    amount: decimal('1'),
    currency: 'EUR',
  },
  staking: {
    ...base('t-staking', '2026-02-01'),
    ...free,
    type: 'staking',
    amount: decimal('1'),
    currency: 'EUR',
  },
  rent: {
    ...base('t-rent', '2026-02-01'),
    ...free,
    type: 'rent',
    amount: decimal('1'),
    currency: 'EUR',
  },
  'other-income': {
    ...base('t-other-income', '2026-02-01'),
    ...free,
    type: 'other-income',
    amount: decimal('1'),
    currency: 'EUR',
  },
  fee: { ...base('t-fee', '2026-02-02'), type: 'fee', amount: decimal('1'), currency: 'EUR' },
  tax: { ...base('t-tax', '2026-02-02'), type: 'tax', amount: decimal('-1'), currency: 'EUR' },
  'margin-interest': {
    ...base('t-margin-interest', '2026-02-02'),
    type: 'margin-interest',
    amount: decimal('1'),
    currency: 'EUR',
  },
  fx: {
    ...base('t-fx', '2026-02-03'),
    ...free,
    type: 'fx',
    sold: { currency: 'EUR', amount: decimal('100') },
    bought: { currency: 'USD', amount: decimal('108.7') },
    currency: 'EUR',
  },
  split: {
    ...base('t-split', '2026-02-04'),
    type: 'split',
    instrumentId: 'acme',
    ratio: { new: decimal('1'), old: decimal('20') },
    cashInLieu: { amount: decimal('0.7'), currency: 'EUR' },
  },
  'stock-dividend': {
    ...base('t-stock-dividend', '2026-02-04'),
    type: 'stock-dividend',
    instrumentId: 'acme',
    added: decimal('-2'),
  },
  'spin-off': {
    ...base('t-spin-off', '2026-02-05'),
    type: 'spin-off',
    instrumentId: 'acme',
    childId: 'pence',
    quantity: decimal('3'),
    costShare: decimal('0.25'),
  },
  merger: {
    ...base('t-merger', '2026-02-06'),
    type: 'merger',
    instrumentId: 'acme',
    intoId: 'tencent',
    ratio: { new: decimal('2'), old: decimal('3') },
    boot: { amount: decimal('12'), currency: 'EUR' },
  },
  'symbol-change': {
    ...base('t-symbol-change', '2026-02-06'),
    type: 'symbol-change',
    instrumentId: 'acme',
    intoId: 'pence',
    ratio: { new: decimal('1'), old: decimal('1') },
  },
  'return-of-capital': {
    ...base('t-return-of-capital', '2026-02-07'),
    type: 'return-of-capital',
    instrumentId: 'acme',
    amount: decimal('2'),
    currency: 'EUR',
  },
  'option-exercise': {
    ...base('t-option-exercise', '2026-02-08'),
    ...free,
    type: 'option-exercise',
    instrumentId: 'call',
    quantity: decimal('1'),
    currency: 'EUR',
  },
  'option-assignment': {
    ...base('t-option-assignment', '2026-02-08'),
    ...free,
    type: 'option-assignment',
    instrumentId: 'call',
    quantity: decimal('1'),
    currency: 'EUR',
  },
  'option-expiry': {
    ...base('t-option-expiry', '2026-02-08'),
    ...free,
    type: 'option-expiry',
    instrumentId: 'call',
    quantity: decimal('1'),
    currency: 'EUR',
  },
  redemption: {
    ...base('t-redemption', '2026-02-09'),
    ...free,
    type: 'redemption',
    instrumentId: 'acme',
    quantity: decimal('1'),
    amount: decimal('100'),
    accrued: decimal('1.25'),
    currency: 'EUR',
    settlement: { currency: 'USD', amount: decimal('110') },
  },
  amortisation: {
    ...base('t-amortisation', '2026-02-09'),
    ...free,
    type: 'amortisation',
    instrumentId: 'acme',
    quantity: decimal('1'),
    amount: decimal('50'),
    currency: 'EUR',
  },
  delisting: {
    ...base('t-delisting', '2026-02-10'),
    type: 'delisting',
    instrumentId: 'acme',
    amount: 0n,
    currency: 'EUR',
  },
  adjustment: {
    ...base('t-adjustment', '2026-02-11'),
    type: 'adjustment',
    reason: 'Found in the drawer',
    quantity: decimal('-1'),
    amount: 0n,
    currency: 'EUR',
  },
};

/** A transaction as an entry made by hand. */
export const entry = (transaction: Transaction, fields: Partial<NewEntry> = {}): NewEntry => ({
  fact: { kind: 'transaction', transaction },
  fingerprint: null,
  importId: null,
  actor: 'conformance',
  ...fields,
});

/** An entry that annuls another. */
export const reversalOf = (reverses: string, id: string): NewEntry => ({
  fact: { kind: 'reversal', reversal: { id, reverses, reason: 'entered twice' } },
  fingerprint: null,
  importId: null,
  actor: 'conformance',
});

/** Bars of the given days whose close is given; the rest is unknown but for the volume. */
export function barsOf(closes: Readonly<Record<number, number>>): DailyBars {
  const days = Int32Array.from(Object.keys(closes), Number).sort();
  const unknown = (): Float64Array => new Float64Array(days.length).fill(Number.NaN);
  return {
    days,
    open: unknown(),
    high: unknown(),
    low: unknown(),
    close: Float64Array.from(days, (day) => closes[day] ?? Number.NaN),
    adjustedClose: unknown(),
    volume: new Float64Array(days.length).fill(7),
  };
}
