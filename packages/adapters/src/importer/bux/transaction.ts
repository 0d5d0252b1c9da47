import { absolute, atPrice, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import {
  all,
  inPounds,
  priceInPounds,
  quotedIn,
  type Read,
  type Row,
  type When,
  whenFields,
  wholeCurrency,
} from '../../importer-kit/index.ts';

/** One row of the file, read but for what only some kinds have. */
export interface BuxRow {
  readonly row: Row;
  readonly line: number;
  readonly when: When;
  /** `trades`, `fees`, … */
  readonly category: string;
  readonly type: string;
  readonly assetId: string;
  /** Negative is paid. */
  readonly amount: bigint;
  readonly currency: string;
}

export function buxRow(row: Row): Read<BuxRow> {
  const read = all({
    when: row.when('Transaction Time (CET)'),
    category: row.required('Transaction Category'),
    type: row.required('Transaction Type'),
    amount: row.decimal('Transaction Amount'),
    currency: row.currency('Transaction Currency'),
  });
  if (!read.ok) return read;
  return ok({ row, line: row.line, assetId: row.text('Asset Id'), ...read.value });
}

/** The instrument of a row, with the unit in which the row prices it. */
export function instrumentOf(of: BuxRow, unit?: string): Read<InstrumentHint> {
  const isin = of.row.required('Asset Id');
  if (!isin.ok) return isin;
  const name = of.row.text('Asset Name');
  return ok({
    isin: isin.value,
    ...(name === '' ? {} : { name }),
    ...(unit === undefined ? {} : quotedIn(unit)),
  });
}

const oppositeSign =
  'The file shows the money of this trade with the opposite sign of what its type says.';

/** A trade with the fee rows that were charged with it. */
export function trade(
  of: BuxRow,
  side: 'buy' | 'sell',
  fees: readonly BuxRow[],
): Read<ImportedTransaction> {
  const read = all({
    quantity: of.row.positive('Asset Quantity'),
    price: of.row.price('Asset Price'),
    unit: of.row.currency('Asset Currency'),
  });
  if (!read.ok) return read;
  const { quantity, price, unit } = read.value;
  const currency = wholeCurrency(unit);
  const instrument = instrumentOf(of, unit);
  if (!instrument.ok) return instrument;
  const fee = fees.reduce((sum, row) => sum - row.amount, 0n);
  const foreign = currency !== of.currency;
  const paid = absolute(of.amount);
  const settled = side === 'buy' ? paid + fee : paid - fee;
  if (paid === 0n || settled <= 0n) {
    return of.row.refuseCell('Transaction Amount', {
      code: 'import.total-unclear',
      reason: 'The amount of the trade does not cover its fee.',
      fix: 'Record this trade by hand.',
    });
  }
  return ok({
    type: side,
    ...whenFields(of.when),
    instrument: instrument.value,
    quantity,
    price: priceInPounds(price, unit),
    amount: foreign ? inPounds(atPrice(quantity, price), unit) : paid,
    currency,
    fee,
    tax: 0n,
    ...(foreign && fee !== 0n ? { feeCurrency: of.currency } : {}),
    ...(foreign ? { settlement: { currency: of.currency, amount: settled } } : {}),
    ...(of.amount < 0n === (side === 'buy') ? {} : { note: oppositeSign }),
  });
}

/** Newer exports state gross and tax; older ones only what was received. */
function dividend(of: BuxRow): Read<ImportedTransaction> {
  const { row } = of;
  const stated = row.has('Dividend Gross Amount') && row.has('Dividend Currency');
  const read = all({
    instrument: instrumentOf(of),
    gross: stated ? row.decimal('Dividend Gross Amount') : ok(of.amount),
    tax: row.decimalOrZero('Dividend Tax Amount'),
    unit: stated ? row.currency('Dividend Currency') : ok(of.currency),
  });
  if (!read.ok) return read;
  const { instrument, gross, unit } = read.value;
  const tax = stated ? absolute(read.value.tax) : 0n;
  const currency = wholeCurrency(unit);
  const base = { ...whenFields(of.when), instrument, currency, fee: 0n };
  if (currency === of.currency || of.amount <= 0n) {
    return ok({ type: 'dividend', ...base, currency: of.currency, amount: of.amount + tax, tax });
  }
  const settlement = { currency: of.currency, amount: of.amount };
  const amounts = { amount: inPounds(gross, unit), tax: inPounds(tax, unit) };
  return ok({ type: 'dividend', ...base, ...amounts, settlement });
}

const flow = (of: BuxRow): ImportedTransaction => ({
  type: of.amount < 0n ? 'withdrawal' : 'deposit',
  ...whenFields(of.when),
  amount: absolute(of.amount),
  currency: of.currency,
  note: of.type,
});

const fee = (of: BuxRow): ImportedTransaction => ({
  type: 'fee',
  ...whenFields(of.when),
  instrument: undefined,
  amount: -of.amount,
  currency: of.currency,
  note: of.type,
});

function income(of: BuxRow, type: 'interest' | 'other-income'): ImportedTransaction {
  const { amount, currency } = of;
  const rest = { instrument: undefined, fee: 0n, tax: 0n, note: of.type };
  return { type, ...whenFields(of.when), amount, currency, ...rest };
}

const interest = (of: BuxRow): ImportedTransaction =>
  of.amount < 0n
    ? {
        type: 'margin-interest',
        ...whenFields(of.when),
        instrument: undefined,
        amount: -of.amount,
        currency: of.currency,
      }
    : income(of, 'interest');

/** What a row that stands for itself is; refused where its kind is not known. */
export function transactionOf(of: BuxRow): Read<ImportedTransaction> {
  switch (of.category) {
    case 'deposits':
    case 'withdrawals':
      return ok(flow(of));
    case 'fees':
      return ok(fee(of));
    case 'interest':
      return ok(interest(of));
    case 'dividends':
      return dividend(of);
    case 'others':
      return /promotion|correction|reward|referral|bonus/i.test(of.type)
        ? ok(income(of, 'other-income'))
        : of.row.unknown('Transaction Type');
    default:
      return of.row.unknown(
        of.category === 'corporate_actions' ? 'Transaction Type' : 'Transaction Category',
      );
  }
}
