import { type TransactionType, transactionTypes } from '@plimsoll/domain';

/** What a word in the type column means. */
export interface NativeType {
  readonly type: TransactionType;
  /** The amount is given back rather than paid: `fee-refund`. */
  readonly refund?: true;
  /** Taken in units; `quantity` says how many. */
  readonly reinvest?: true;
}

const synonyms: Readonly<Record<string, TransactionType>> = {
  purchase: 'buy',
  bought: 'buy',
  'buy-to-open': 'buy',
  sale: 'sell',
  sold: 'sell',
  'sell-to-close': 'sell',
  'short-sell': 'short',
  'sell-short': 'short',
  'sell-to-open': 'short',
  'buy-to-cover': 'cover',
  'buy-to-close': 'cover',
  'cash-in': 'deposit',
  contribution: 'deposit',
  'cash-deposit': 'deposit',
  'cash-out': 'withdrawal',
  'cash-withdrawal': 'withdrawal',
  withdraw: 'withdrawal',
  'transfer-in': 'delivery-in',
  'deliver-in': 'delivery-in',
  receive: 'delivery-in',
  'transfer-out': 'delivery-out',
  'deliver-out': 'delivery-out',
  send: 'delivery-out',
  opening: 'opening-balance',
  balance: 'opening-balance',
  dividends: 'dividend',
  div: 'dividend',
  distribution: 'dividend',
  'staking-reward': 'staking',
  reward: 'staking',
  income: 'other-income',
  bonus: 'other-income',
  gift: 'other-income',
  cashback: 'other-income',
  fees: 'fee',
  commission: 'fee',
  'custody-fee': 'fee',
  taxes: 'tax',
  'withholding-tax': 'tax',
  'interest-paid': 'margin-interest',
  'debit-interest': 'margin-interest',
  forex: 'fx',
  conversion: 'fx',
  'currency-conversion': 'fx',
  'stock-split': 'split',
  'reverse-split': 'split',
  'bonus-issue': 'stock-dividend',
  spinoff: 'spin-off',
  'ticker-change': 'symbol-change',
  rename: 'symbol-change',
  roc: 'return-of-capital',
  'capital-repayment': 'return-of-capital',
  exercise: 'option-exercise',
  assignment: 'option-assignment',
  expiry: 'option-expiry',
  expiration: 'option-expiry',
  maturity: 'redemption',
  amortization: 'amortisation',
  delist: 'delisting',
  'write-off': 'delisting',
  correction: 'adjustment',
};

const flagged: Readonly<Record<string, NativeType>> = {
  'fee-refund': { type: 'fee', refund: true },
  'tax-refund': { type: 'tax', refund: true },
  'margin-interest-refund': { type: 'margin-interest', refund: true },
  reinvest: { type: 'dividend', reinvest: true },
  reinvestment: { type: 'dividend', reinvest: true },
  drip: { type: 'dividend', reinvest: true },
  'dividend-reinvest': { type: 'dividend', reinvest: true },
  'reinvested-dividend': { type: 'dividend', reinvest: true },
};

const types = new Map<string, NativeType>([
  ...Object.entries(synonyms).map(([word, type]): [string, NativeType] => [word, { type }]),
  ...Object.entries(flagged),
  ...transactionTypes.map((type): [string, NativeType] => [type, { type }]),
]);

/** The type a word means, in any case and with spaces or underscores for hyphens; null if unknown. */
export const nativeTypeOf = (word: string): NativeType | null =>
  types.get(
    word
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, '-'),
  ) ?? null;

/** The words that a refusal lists. */
export const knownTypes: string = [...transactionTypes, ...Object.keys(flagged).slice(0, 4)].join(
  ', ',
);
