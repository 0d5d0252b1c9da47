import type { NewTransactionInput } from '@plimsoll/client';

/** The types that a person can record. */
export type EntryType = NewTransactionInput['type'];

export type FieldKind = 'instrument' | 'account' | 'exact' | 'currency' | 'day' | 'text';

/** A field of a form. Its name is its path in the transaction: `settlement.amount`. */
export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly optional?: boolean;
  readonly hint?: string;
}

export interface EntryForm {
  readonly label: string;
  readonly group:
    | 'Trades'
    | 'Cash'
    | 'Income and costs'
    | 'Corporate actions'
    | 'Options and bonds'
    | 'Record';
  readonly hint: string;
  readonly fields: readonly FieldSpec[];
}

const field = (
  name: string,
  label: string,
  kind: FieldKind,
  more: Partial<FieldSpec> = {},
): FieldSpec => ({
  name,
  label,
  kind,
  ...more,
});
const optional = { optional: true } as const;
const instrument = field('instrumentId', 'Instrument', 'instrument');
const maybeInstrument = field('instrumentId', 'Instrument', 'instrument', optional);
const quantity = field('quantity', 'Quantity', 'exact');
const amount = field('amount', 'Amount', 'exact');
const currency = field('currency', 'Currency', 'currency');
const charges = [field('fee', 'Fee', 'exact', optional), field('tax', 'Tax', 'exact', optional)];
const settlement = [
  field('settlement.amount', 'Settled amount', 'exact', {
    optional: true,
    hint: 'Where the cash moved in another currency: what really left or came, after fees.',
  }),
  field('settlement.currency', 'Settled in', 'currency', optional),
];
const cashInLieu = [
  field('cashInLieu.amount', 'Cash for a fraction', 'exact', optional),
  field('cashInLieu.currency', 'Its currency', 'currency', optional),
];
const trade = [
  instrument,
  quantity,
  field('price', 'Price', 'exact', {
    optional: true,
    hint: 'A price or an amount. The amount wins where both are given.',
  }),
  field('amount', 'Amount before costs', 'exact', optional),
  currency,
  ...charges,
  ...settlement,
];
const income = [
  maybeInstrument,
  field('amount', 'Amount before tax', 'exact'),
  currency,
  field('tax', 'Tax withheld', 'exact', optional),
  field('fee', 'Fee', 'exact', optional),
  field('reinvested.quantity', 'Units received instead of cash', 'exact', optional),
];
const expense = [amount, currency, maybeInstrument];
const option = [instrument, field('quantity', 'Contracts', 'exact'), currency, ...charges];
const exchange = [
  field('instrumentId', 'From', 'instrument'),
  field('intoId', 'Into', 'instrument'),
  field('ratio.new', 'New units', 'exact'),
  field('ratio.old', 'For old units', 'exact'),
  field('boot.amount', 'Cash received besides', 'exact', optional),
  field('boot.currency', 'Its currency', 'currency', optional),
  ...cashInLieu,
];

/** One form for every type of transaction. */
export const entryForms: Readonly<Record<EntryType, EntryForm>> = {
  buy: { label: 'Buy', group: 'Trades', hint: 'Opens a lot.', fields: trade },
  sell: {
    label: 'Sell',
    group: 'Trades',
    hint: 'Closes lots by the account’s method.',
    fields: trade,
  },
  short: {
    label: 'Short sale',
    group: 'Trades',
    hint: 'Where the account allows shorting.',
    fields: trade,
  },
  cover: { label: 'Cover', group: 'Trades', hint: 'Buys back what was sold short.', fields: trade },
  deposit: {
    label: 'Deposit',
    group: 'Cash',
    hint: 'Money that you put in.',
    fields: [amount, currency],
  },
  withdrawal: {
    label: 'Withdrawal',
    group: 'Cash',
    hint: 'Money that you took out.',
    fields: [amount, currency],
  },
  fx: {
    label: 'Currency conversion',
    group: 'Cash',
    hint: 'Cash of one currency for cash of another, at the rate you got.',
    fields: [
      field('sold.amount', 'Sold', 'exact'),
      field('sold.currency', 'Currency sold', 'currency'),
      field('bought.amount', 'Bought', 'exact'),
      field('bought.currency', 'Currency bought', 'currency'),
      field('fee', 'Fee', 'exact', optional),
      field('currency', 'Fee in', 'currency'),
    ],
  },
  transfer: {
    label: 'Transfer between accounts',
    group: 'Cash',
    hint: 'Cash, or units with their open dates and cost.',
    fields: [
      field('toAccountId', 'To account', 'account'),
      field('instrumentId', 'Instrument', 'instrument', {
        optional: true,
        hint: 'None: the quantity is cash.',
      }),
      quantity,
      currency,
      field('worth', 'Said to be worth', 'exact', optional),
    ],
  },
  dividend: {
    label: 'Dividend',
    group: 'Income and costs',
    hint: 'Before tax; what was withheld stands beside it.',
    fields: income,
  },
  interest: {
    label: 'Interest',
    group: 'Income and costs',
    hint: 'On cash or a loan.',
    fields: income,
  },
  coupon: { label: 'Coupon', group: 'Income and costs', hint: 'Of a bond.', fields: income },
  staking: {
    label: 'Staking reward',
    group: 'Income and costs',
    hint: 'Units received count at their worth.',
    fields: income,
  },
  rent: { label: 'Rent', group: 'Income and costs', hint: 'Of property.', fields: income },
  'other-income': {
    label: 'Other income',
    group: 'Income and costs',
    hint: 'What fits nowhere else.',
    fields: income,
  },
  fee: {
    label: 'Fee',
    group: 'Income and costs',
    hint: 'Paid by itself, not beside a trade.',
    fields: expense,
  },
  tax: {
    label: 'Tax',
    group: 'Income and costs',
    hint: 'Paid by itself, not beside a trade.',
    fields: expense,
  },
  'margin-interest': {
    label: 'Margin interest',
    group: 'Income and costs',
    hint: 'Paid on borrowed cash.',
    fields: expense,
  },
  split: {
    label: 'Split',
    group: 'Corporate actions',
    hint: '10 new for 1 old; 1 new for 20 old for a reverse split. The total cost stays.',
    fields: [
      instrument,
      field('ratio.new', 'New units', 'exact', {
        optional: true,
        hint: 'The ratio, or the units added.',
      }),
      field('ratio.old', 'For old units', 'exact', optional),
      field('added', 'Or units added', 'exact', optional),
      ...cashInLieu,
    ],
  },
  'stock-dividend': {
    label: 'Stock dividend',
    group: 'Corporate actions',
    hint: 'New units without payment. The total cost stays.',
    fields: [
      instrument,
      field('added', 'Units added', 'exact', optional),
      field('ratio.new', 'Or new units', 'exact', optional),
      field('ratio.old', 'For old units', 'exact', optional),
      ...cashInLieu,
    ],
  },
  'spin-off': {
    label: 'Spin-off',
    group: 'Corporate actions',
    hint: 'Moves a share of the parent’s cost to new units of the child.',
    fields: [
      field('instrumentId', 'Parent', 'instrument'),
      field('childId', 'Child', 'instrument'),
      field('quantity', 'Units of the child', 'exact'),
      field('costShare', 'Share of cost that moves', 'exact', {
        hint: 'Between 0 and 1: 0.15 is 15 %.',
      }),
    ],
  },
  merger: {
    label: 'Merger',
    group: 'Corporate actions',
    hint: 'Old units for new ones at a ratio.',
    fields: exchange,
  },
  'symbol-change': {
    label: 'Symbol change',
    group: 'Corporate actions',
    hint: 'The same thing under a new name.',
    fields: exchange,
  },
  'return-of-capital': {
    label: 'Return of capital',
    group: 'Corporate actions',
    hint: 'Lowers the cost; what exceeds it is gain.',
    fields: [instrument, amount, currency, ...settlement],
  },
  delisting: {
    label: 'Delisting',
    group: 'Corporate actions',
    hint: 'Every unit leaves, often for nothing.',
    fields: [instrument, field('amount', 'Paid for all units', 'exact', optional), currency],
  },
  'option-exercise': {
    label: 'Option exercised',
    group: 'Options and bonds',
    hint: 'By you.',
    fields: option,
  },
  'option-assignment': {
    label: 'Option assigned',
    group: 'Options and bonds',
    hint: 'To you.',
    fields: option,
  },
  'option-expiry': {
    label: 'Option expired',
    group: 'Options and bonds',
    hint: 'Worthless.',
    fields: option,
  },
  redemption: {
    label: 'Bond redemption',
    group: 'Options and bonds',
    hint: 'All units are paid back.',
    fields: [
      instrument,
      quantity,
      field('amount', 'Principal paid', 'exact'),
      field('accrued', 'Accrued interest', 'exact', optional),
      currency,
      ...charges,
      ...settlement,
    ],
  },
  amortisation: {
    label: 'Bond amortisation',
    group: 'Options and bonds',
    hint: 'Part of the face is paid back.',
    fields: [
      instrument,
      quantity,
      field('amount', 'Principal paid', 'exact'),
      field('accrued', 'Accrued interest', 'exact', optional),
      currency,
      ...charges,
      ...settlement,
    ],
  },
  'opening-balance': {
    label: 'Opening balance',
    group: 'Record',
    hint: 'What you held when the record begins. Its cost counts as paid in.',
    fields: [
      field('instrumentId', 'Instrument', 'instrument', {
        optional: true,
        hint: 'None: the quantity is cash.',
      }),
      quantity,
      field('cost', 'Cost of all units', 'exact', { hint: 'For cash, the same as the quantity.' }),
      currency,
      field('openedOn', 'Bought on', 'day', optional),
    ],
  },
  'delivery-in': {
    label: 'Delivery in',
    group: 'Record',
    hint: 'Units from a place that is not recorded here.',
    fields: [
      instrument,
      quantity,
      field('amount', 'Worth on the day', 'exact', optional),
      field('cost', 'Original cost', 'exact', optional),
      field('openedOn', 'Bought on', 'day', optional),
      currency,
      ...charges,
    ],
  },
  'delivery-out': {
    label: 'Delivery out',
    group: 'Record',
    hint: 'Units to a place that is not recorded here.',
    fields: [
      instrument,
      quantity,
      field('amount', 'Worth on the day', 'exact', optional),
      currency,
      ...charges,
    ],
  },
  adjustment: {
    label: 'Adjustment',
    group: 'Record',
    hint: 'An explicit correction, with its reason.',
    fields: [
      field('reason', 'Reason', 'text'),
      maybeInstrument,
      field('quantity', 'Units added, or negative', 'exact'),
      field('amount', 'Their cost or proceeds', 'exact', optional),
      currency,
    ],
  },
};

export const entryTypes = Object.keys(entryForms) as readonly EntryType[];

/** What a type is called, also one that this page does not know yet. */
export const typeLabel = (type: string): string =>
  entryForms[type as EntryType]?.label ?? type.replaceAll('-', ' ');

/** The fields of every type before its own. */
export const commonFields: readonly FieldSpec[] = [
  field('accountId', 'Account', 'account'),
  field('effectiveAt', 'Date', 'day'),
];
