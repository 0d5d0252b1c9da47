import type { Ratio } from '@plimsoll/domain';
import {
  absolute,
  atPrice,
  type Decimal,
  multiply,
  one,
  type Price,
  pricePer,
  zero,
} from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import { whenFields } from '../../importer-kit/index.ts';
import type { OfxFields } from './ofx-fields.ts';
import type { OfxSecurities } from './ofx-securities.ts';
import { childOf, type OfxElement, valueAt } from './read-ofx-tree.ts';

/** What a row of a broker's statement comes to: a transaction, or why it is none. */
export type InvestmentOutcome =
  | { readonly transaction: ImportedTransaction }
  | { readonly ignored: string };

interface Row {
  readonly fields: OfxFields;
  readonly securities: OfxSecurities;
}

type Reader = (row: Row) => InvestmentOutcome;

/** The aggregate with INVTRAN in it: the row itself, or what it wraps. */
const wrapped = ({ element }: OfxFields): string =>
  ['INVBUY', 'INVSELL'].find((name) => childOf(element, name) !== undefined) ?? '';

const inside = (fields: OfxFields, ...path: readonly string[]): readonly string[] => {
  const wrapper = wrapped(fields);
  return wrapper === '' ? path : [wrapper, ...path];
};

function holder(fields: OfxFields): OfxElement {
  return childOf(fields.element, wrapped(fields)) ?? fields.element;
}

function head({ fields }: Row) {
  const memo = fields.text(...inside(fields, 'INVTRAN', 'MEMO'));
  return {
    ...whenFields(
      fields.when(inside(fields, 'INVTRAN', 'DTTRADE'), inside(fields, 'INVTRAN', 'DTSETTLE')),
    ),
    ...(memo === '' ? {} : { note: memo }),
  };
}

const currencyOf = ({ fields }: Row): string => fields.currency(holder(fields));

function instrumentOf({ fields, securities }: Row): InstrumentHint {
  const hint = securities.hintOf(holder(fields));
  if (hint) return hint;
  fields.refuse({
    column: 'UNIQUEID',
    value: '',
    code: 'import.missing-instrument',
    reason: `${fields.element.name} does not say which security it is about.`,
    fix: 'Download the file again, or record this transaction by hand.',
  });
  return {};
}

/** Contracts stand for several units; the row's own figure wins over the security list's. */
function multiplierOf({ fields }: Row, hint: InstrumentHint): Decimal {
  return fields.decimal('SHPERCTRCT') ?? hint.multiplier ?? one;
}

function unitsOf({ fields }: Row): Decimal {
  const units = absolute(fields.required(...inside(fields, 'UNITS')));
  if (units === zero) {
    fields.refuse({
      column: 'UNITS',
      value: '0',
      code: 'import.zero',
      reason: `${fields.element.name} moves no units.`,
      fix: 'Leave this transaction out.',
    });
  }
  return units;
}

type TradeType = 'buy' | 'sell' | 'short' | 'cover';

const tradeTypes: Readonly<Record<string, TradeType>> = {
  BUYTOCOVER: 'cover',
  BUYTOCLOSE: 'cover',
  SELLSHORT: 'short',
  SELLTOOPEN: 'short',
};

function tradeType({ fields }: Row): TradeType {
  const { element } = fields;
  const names = ['BUYTYPE', 'SELLTYPE', 'OPTBUYTYPE', 'OPTSELLTYPE'];
  const stated =
    names.map((name) => valueAt(element, name).trim()).find((text) => text !== '') ?? '';
  return tradeTypes[stated.toUpperCase()] ?? (wrapped(fields) === 'INVBUY' ? 'buy' : 'sell');
}

interface Money {
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
  readonly accrued: Decimal;
}

/** TOTAL is what was paid or received in all; the worth of the units is that without charges. */
function moneyOf(row: Row, units: Decimal, multiplier: Decimal): Money {
  const { fields } = row;
  const wrapper = wrapped(fields);
  const fee = fields.charges(wrapper, 'COMMISSION', 'FEES', 'LOAD', 'PENALTY');
  const tax = fields.charges(wrapper, 'TAXES', 'WITHHOLDING', 'STATEWITHHOLDING');
  const accrued = absolute(fields.decimal('ACCRDINT') ?? zero);
  const total = fields.decimal(wrapper, 'TOTAL');
  const price = fields.price(wrapper, 'UNITPRICE');
  if (total === undefined && price !== undefined) {
    return { amount: multiply(atPrice(units, price), multiplier), fee, tax, accrued };
  }
  const net = absolute(fields.required(wrapper, 'TOTAL')) - accrued;
  return { amount: wrapper === 'INVBUY' ? net - fee - tax : net + fee + tax, fee, tax, accrued };
}

/** Bonds are quoted in per cent of the face, so their price per unit is worked out. */
function priceOf(row: Row, amount: Decimal, units: Decimal): Price | undefined {
  const isBond = /DEBT$/.test(row.fields.element.name);
  if (!isBond) return row.fields.price(wrapped(row.fields), 'UNITPRICE');
  return units === zero ? undefined : pricePer(amount, units);
}

function checkedAmount({ fields }: Row, amount: Decimal): Decimal {
  if (amount < zero) {
    fields.refuse({
      column: 'TOTAL',
      value: fields.text(wrapped(fields), 'TOTAL'),
      code: 'import.charges-exceed-total',
      reason: 'The charges are more than what was paid in all.',
      fix: 'Download the file again, or record this transaction by hand.',
    });
  }
  return absolute(amount);
}

const withMultiplier = (hint: InstrumentHint, multiplier: Decimal): InstrumentHint =>
  multiplier === one ? hint : { ...hint, kind: hint.kind ?? 'option', multiplier };

const trade: Reader = (row) => {
  const hint = instrumentOf(row);
  const multiplier = multiplierOf(row, hint);
  const quantity = unitsOf(row);
  const { amount, fee, tax, accrued } = moneyOf(row, quantity, multiplier);
  const price = priceOf(row, amount, quantity);
  return {
    transaction: {
      type: tradeType(row),
      ...head(row),
      instrument: withMultiplier(hint, multiplier),
      quantity,
      ...(price === undefined ? {} : { price }),
      amount: checkedAmount(row, amount),
      currency: currencyOf(row),
      fee,
      tax,
      ...(accrued === zero ? {} : { accrued }),
    },
  };
};

const sellDebt: Reader = (row) => {
  if (!['CALL', 'MATURITY'].includes(row.fields.text('SELLREASON').toUpperCase()))
    return trade(row);
  const quantity = unitsOf(row);
  const { amount, fee, tax, accrued } = moneyOf(row, quantity, one);
  return {
    transaction: {
      type: 'redemption',
      ...head(row),
      instrument: instrumentOf(row),
      quantity,
      amount: checkedAmount(row, amount),
      currency: currencyOf(row),
      fee,
      tax,
      ...(accrued === zero ? {} : { accrued }),
    },
  };
};

type IncomeKind = 'dividend' | 'interest' | 'coupon' | 'other-income';

function incomeKind({ fields, securities }: Row): IncomeKind {
  switch (fields.text('INCOMETYPE').toUpperCase()) {
    case 'DIV':
    case 'CGLONG':
    case 'CGSHORT':
      return 'dividend';
    case 'INTEREST':
      return securities.isBond(fields.element) ? 'coupon' : 'interest';
    case 'MISC':
      return 'other-income';
    default:
      fields.refuse({
        column: 'INCOMETYPE',
        value: fields.text('INCOMETYPE'),
        code: 'import.unknown-kind',
        reason: `"${fields.text('INCOMETYPE').slice(0, 40)}" is not a kind of income that OFX has.`,
        fix: 'Record this transaction by hand, or import the others with "accept valid".',
      });
      return 'other-income';
  }
}

const isCapitalGain = ({ fields }: Row): boolean => /^CG/i.test(fields.text('INCOMETYPE'));

function incomeHead(row: Row) {
  const base = head(row);
  return isCapitalGain(row)
    ? { ...base, note: [base.note, 'Capital gain distribution'].filter(Boolean).join(', ') }
    : base;
}

const income: Reader = (row) => ({
  transaction: {
    type: incomeKind(row),
    ...incomeHead(row),
    instrument: instrumentOf(row),
    amount: row.fields.required('TOTAL'),
    currency: currencyOf(row),
    fee: zero,
    tax: absolute(row.fields.decimal('WITHHOLDING') ?? zero),
  },
});

const reinvest: Reader = (row) => {
  const { fields } = row;
  const instrument = instrumentOf(row);
  const fee = ['COMMISSION', 'FEES', 'LOAD'].reduce(
    (sum, name) => sum + absolute(fields.decimal(name) ?? zero),
    zero,
  );
  return {
    transaction: {
      type: incomeKind(row),
      ...incomeHead(row),
      instrument,
      amount: absolute(fields.required('TOTAL')),
      currency: currencyOf(row),
      fee,
      tax: absolute(fields.decimal('TAXES') ?? zero),
      reinvested: { instrument, quantity: unitsOf(row) },
    },
  };
};

const expense: Reader = (row) => ({
  transaction: {
    type: 'fee',
    ...head(row),
    instrument: row.securities.hintOf(row.fields.element),
    amount: -row.fields.required('TOTAL'),
    currency: currencyOf(row),
  },
});

const marginInterest: Reader = (row) => ({
  transaction: {
    type: 'margin-interest',
    ...head(row),
    instrument: undefined,
    amount: -row.fields.required('TOTAL'),
    currency: currencyOf(row),
  },
});

const returnOfCapital: Reader = (row) => {
  const amount = row.fields.required('TOTAL');
  if (amount < zero) {
    row.fields.refuse({
      column: 'TOTAL',
      value: row.fields.text('TOTAL'),
      code: 'import.wrong-sign',
      reason: 'A return of capital is taken back.',
      fix: 'Reverse the return of capital by hand, and leave this transaction out.',
    });
  }
  return {
    transaction: {
      type: 'return-of-capital',
      ...head(row),
      instrument: instrumentOf(row),
      amount,
      currency: currencyOf(row),
    },
  };
};

/** The ratio as stated, else as the units before and after show it. */
function ratioOf({ fields }: Row): Ratio | undefined {
  const pairs = [
    ['NUMERATOR', 'DENOMINATOR'],
    ['NEWUNITS', 'OLDUNITS'],
  ] as const;
  for (const [newName, oldName] of pairs) {
    const ratio = { new: fields.decimal(newName) ?? zero, old: fields.decimal(oldName) ?? zero };
    if (ratio.new > zero && ratio.old > zero) return ratio;
  }
  return undefined;
}

const split: Reader = (row) => {
  const ratio = ratioOf(row);
  const cash = row.fields.decimal('FRACCASH') ?? zero;
  if (!ratio) {
    row.fields.refuse({
      column: 'NUMERATOR',
      value: row.fields.text('NUMERATOR'),
      code: 'import.missing',
      reason: 'SPLIT does not say how many new units come for how many old ones.',
      fix: 'Record the split by hand.',
    });
  }
  return {
    transaction: {
      type: 'split',
      ...head(row),
      instrument: instrumentOf(row),
      ratio: ratio ?? { new: one, old: one },
      ...(cash > zero ? { cashInLieu: { amount: cash, currency: currencyOf(row) } } : {}),
    },
  };
};

function openedOn({ fields }: Row): { readonly openedOn?: string } {
  return fields.text('DTPURCHASE') === '' ? {} : { openedOn: fields.when(['DTPURCHASE']).day };
}

const transfer: Reader = (row) => {
  const { fields } = row;
  const quantity = unitsOf(row);
  const isIn = fields.text('TFERACTION').toUpperCase() === 'IN';
  const price = fields.price('UNITPRICE');
  const cost = fields.decimal('AVGCOSTBASIS');
  if (fields.text('POSTYPE').toUpperCase() === 'SHORT') {
    fields.refuse({
      column: 'POSTYPE',
      value: 'SHORT',
      code: 'import.short-transfer',
      reason: 'A short position is transferred, which is not kept as a delivery.',
      fix: 'Record it by hand as a short sale or a cover.',
    });
  }
  return {
    transaction: {
      type: isIn ? 'delivery-in' : 'delivery-out',
      ...head(row),
      instrument: instrumentOf(row),
      quantity,
      ...(price === undefined || price === 0n ? {} : { amount: atPrice(quantity, price) }),
      currency: currencyOf(row),
      fee: zero,
      tax: zero,
      ...(isIn && cost !== undefined && cost > zero ? { cost: multiply(cost, quantity) } : {}),
      ...(isIn ? openedOn(row) : {}),
    },
  };
};

const journal: Reader = () => ({
  ignored: 'Moves within the account, from one sub-account to another.',
});

/** An option that leaves without a sale; `delivered` if the trade of its underlying was found. */
export function readClosure(row: Row, delivered: boolean): InvestmentOutcome {
  const { fields } = row;
  const hint = instrumentOf(row);
  const action = fields.text('OPTACTION').toUpperCase();
  const types = {
    EXERCISE: 'option-exercise',
    ASSIGN: 'option-assignment',
    EXPIRE: 'option-expiry',
  } as const;
  const type = types[action as keyof typeof types];
  const common = {
    ...head(row),
    instrument: withMultiplier(hint, multiplierOf(row, hint)),
    quantity: unitsOf(row),
    currency: currencyOf(row),
    fee: zero,
    tax: zero,
  };
  if (type === undefined) {
    fields.refuse({
      column: 'OPTACTION',
      value: action,
      code: 'import.unknown-kind',
      reason: `"${action.slice(0, 40)}" is not what OFX says that an option can do.`,
      fix: 'Record this transaction by hand.',
    });
  }
  if (type === 'option-expiry' || delivered)
    return { transaction: { type: type ?? 'option-expiry', ...common } };
  const isLong = fields.required('UNITS') < zero;
  return { transaction: { type: isLong ? 'sell' : 'cover', ...common, amount: zero } };
}

/** How each kind of row is read. */
export const investmentReaders: Readonly<Record<string, Reader>> = {
  BUYSTOCK: trade,
  BUYMF: trade,
  BUYOPT: trade,
  BUYDEBT: trade,
  BUYOTHER: trade,
  SELLSTOCK: trade,
  SELLMF: trade,
  SELLOPT: trade,
  SELLOTHER: trade,
  SELLDEBT: sellDebt,
  INCOME: income,
  REINVEST: reinvest,
  INVEXPENSE: expense,
  MARGININTEREST: marginInterest,
  RETOFCAP: returnOfCapital,
  SPLIT: split,
  TRANSFER: transfer,
  JRNLSEC: journal,
  JRNLFUND: journal,
};
