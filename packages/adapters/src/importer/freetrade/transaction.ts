import { absolute, formatDecimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import {
  all,
  inPounds,
  priceInPounds,
  quotedIn,
  type Read,
  type Row,
  whenFields,
  wholeCurrency,
} from '../../importer-kit/index.ts';

/** The instrument of a row, with the unit in which the row prices it. */
function instrumentOf(row: Row, unit?: string): Read<InstrumentHint> {
  const isin = row.required('ISIN');
  if (!isin.ok) return isin;
  return ok({
    isin: isin.value,
    ...(row.has('Ticker') ? { symbol: row.text('Ticker') } : {}),
    ...(row.has('Title') ? { name: row.text('Title') } : {}),
    ...(unit === undefined ? {} : quotedIn(unit)),
  });
}

/** What every row that moves money has. */
const money = (row: Row) =>
  all({
    when: row.when('Timestamp'),
    total: row.decimal('Total Amount'),
    account: row.currency('Account Currency'),
  });

const orderFields = (row: Row) =>
  all({
    quantity: row.positive('Quantity'),
    price: row.price('Price per Share'),
    worth: row.decimal('Total Shares Amount'),
    unit: row.currency('Instrument Currency'),
    stampDuty: row.decimalOrZero('Stamp Duty'),
    fxFee: row.decimalOrZero('FX Fee Amount'),
  });

/** A trade: the shares in their currency, fee, tax and total in the account's. */
function order(row: Row): Read<ImportedTransaction> {
  const base = money(row);
  if (!base.ok) return base;
  const fields = orderFields(row);
  if (!fields.ok) return fields;
  const side = row.text('Buy / Sell').toLowerCase();
  if (side !== 'buy' && side !== 'sell') return row.unknown('Buy / Sell');
  const { quantity, price, worth, unit, stampDuty, fxFee } = fields.value;
  const currency = wholeCurrency(unit);
  const instrument = instrumentOf(row, unit);
  if (!instrument.ok) return instrument;
  const { total, account } = base.value;
  const foreign = currency !== account;
  if (foreign && total <= 0n) return notPositive(row);
  return ok({
    type: side,
    ...whenFields(base.value.when),
    instrument: instrument.value,
    quantity,
    price: priceInPounds(price, unit),
    amount: inPounds(absolute(worth), unit),
    currency,
    fee: fxFee,
    tax: stampDuty,
    ...(foreign && fxFee !== 0n ? { feeCurrency: account } : {}),
    ...(foreign && stampDuty !== 0n ? { taxCurrency: account } : {}),
    ...(foreign ? { settlement: { currency: account, amount: total } } : {}),
  });
}

const notPositive = (row: Row): Read<never> =>
  row.refuseCell('Total Amount', {
    code: 'import.not-positive',
    reason: 'Total Amount must be above zero.',
    fix: 'Correct Total Amount, or record this trade by hand.',
  });

/** A share given by Freetrade: income of its worth, taken in units. */
function freeShare(row: Row): Read<ImportedTransaction> {
  const base = money(row);
  if (!base.ok) return base;
  const read = all({
    quantity: row.positive('Quantity'),
    instrument: instrumentOf(row, row.text('Instrument Currency') || base.value.account),
  });
  if (!read.ok) return read;
  const { quantity, instrument } = read.value;
  const { total: amount, account: currency } = base.value;
  return ok({
    type: 'other-income',
    ...whenFields(base.value.when),
    instrument,
    amount,
    currency,
    fee: 0n,
    tax: 0n,
    reinvested: { instrument, quantity },
    note: 'Free share',
  });
}

interface Paid {
  readonly total: bigint;
  readonly account: string;
  readonly unit: string;
  readonly gross: bigint | undefined;
  readonly tax: bigint;
}

/** Gross and tax where the file states them; what was received is the settlement of a foreign one. */
function paidAmounts({ total, account, unit, gross, tax }: Paid) {
  const currency = wholeCurrency(unit);
  const foreign = currency !== account;
  if (!foreign) return { amount: total + tax, tax, fee: 0n, currency };
  if (gross !== undefined && total > 0n) {
    const settlement = { currency: account, amount: total };
    return {
      amount: inPounds(gross, unit),
      tax: inPounds(tax, unit),
      fee: 0n,
      currency,
      settlement,
    };
  }
  // Without the gross amount there is no rate for the tax, so only the net amount is known.
  const note =
    tax === 0n ? {} : { note: `After withheld tax of ${formatDecimal(tax)} ${currency}.` };
  return { amount: total, tax: 0n, fee: 0n, currency: account, ...note };
}

function dividend(row: Row): Read<ImportedTransaction> {
  const base = money(row);
  if (!base.ok) return base;
  const read = all({
    instrument: instrumentOf(row),
    unit: row.currency('Instrument Currency'),
    gross: row.optionalDecimal('Dividend Gross Distribution Amount'),
    tax: row.decimalOrZero('Dividend Withheld Tax Amount'),
  });
  if (!read.ok) return read;
  const { instrument, ...amounts } = read.value;
  const when = whenFields(base.value.when);
  return ok({
    type: 'dividend',
    ...when,
    instrument,
    ...paidAmounts({ ...base.value, ...amounts }),
  });
}

function flow(row: Row, type: 'deposit' | 'withdrawal'): Read<ImportedTransaction> {
  const base = money(row);
  if (!base.ok) return base;
  const { when, total, account: currency } = base.value;
  return ok({ type, ...whenFields(when), amount: absolute(total), currency });
}

function interest(row: Row): Read<ImportedTransaction> {
  const base = money(row);
  if (!base.ok) return base;
  const { when, total: amount, account: currency } = base.value;
  const rest = { instrument: undefined, fee: 0n, tax: 0n, note: row.text('Title') };
  return ok({ type: 'interest', ...whenFields(when), amount, currency, ...rest });
}

/** What a row is, `undefined` for a document; refused where its type is not known. */
export function transactionOf(row: Row): Read<ImportedTransaction | undefined> {
  switch (row.text('Type')) {
    case 'ORDER':
      return order(row);
    case 'FREESHARE_ORDER':
      return freeShare(row);
    case 'DIVIDEND':
    case 'SPECIAL_DIVIDEND':
    case 'PROPERTY':
      return dividend(row);
    case 'TOP_UP':
      return flow(row, 'deposit');
    case 'WITHDRAWAL':
      return flow(row, 'withdrawal');
    case 'INTEREST_FROM_CASH':
      return interest(row);
    case 'MONTHLY_STATEMENT':
    case 'TAX_CERTIFICATE':
    case 'MONTHLY_SHARE_LENDING_STATEMENT':
      return ok(undefined);
    default:
      return row.unknown('Type');
  }
}
