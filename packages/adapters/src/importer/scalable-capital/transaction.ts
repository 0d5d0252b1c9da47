import { absolute, atPrice, type Decimal, ok, type Price } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import { all, type Read, type Row, type When, whenFields } from '../../importer-kit/index.ts';

/** One executed row, read but for its units. */
export interface ScalableRow {
  readonly row: Row;
  readonly when: When;
  /** In lower case. */
  readonly type: string;
  /** Before fee and tax. */
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
  readonly currency: string;
}

export function scalableRow(row: Row): Read<ScalableRow> {
  const read = all({
    day: row.when('date'),
    type: row.required('type'),
    amount: row.decimalOrZero('amount'),
    fee: row.decimalOrZero('fee'),
    tax: row.decimalOrZero('tax'),
    currency: row.currency('currency'),
  });
  if (!read.ok) return read;
  const { day, type, ...rest } = read.value;
  const time = /^\d{2}:\d{2}:\d{2}$/.exec(row.text('time'))?.[0];
  return ok({
    row,
    when: { ...day, ...(time === undefined ? {} : { time }) },
    type: type.toLowerCase(),
    ...rest,
  });
}

function instrumentOf({ row }: ScalableRow, currency?: string): Read<InstrumentHint> {
  const isin = row.required('isin');
  if (!isin.ok) return isin;
  const name = row.text('description');
  return ok({
    isin: isin.value,
    ...(name === '' ? {} : { name }),
    ...(currency === undefined ? {} : { currency }),
  });
}

const noShares = ({ row }: ScalableRow): Read<never> =>
  row.refuseCell('shares', {
    code: 'import.not-positive',
    reason: 'The row moves no shares.',
    fix: 'Correct shares, or leave the row out.',
  });

const oppositeSign =
  'The file shows the money of this trade with the opposite sign of what its type says.';

/** Some exports state the amount after fee and tax: there it differs from shares × price by just them. */
function grossOf(
  of: ScalableRow,
  side: 'buy' | 'sell',
  shares: Decimal,
  price: Price | undefined,
): Decimal {
  const stated = absolute(of.amount);
  const charges = side === 'buy' ? of.fee + of.tax : -of.fee - of.tax;
  if (price === undefined || charges === 0n) return stated;
  const worth = atPrice(shares, price);
  const asGross = absolute(stated - worth);
  const asNet = absolute(stated - charges - worth);
  return asNet < asGross ? stated - charges : stated;
}

function trade(of: ScalableRow, side: 'buy' | 'sell'): Read<ImportedTransaction> {
  const read = all({
    instrument: instrumentOf(of, of.currency),
    quantity: of.row.decimal('shares'),
    price: of.row.optionalPrice('price'),
    amount: of.row.decimal('amount'),
  });
  if (!read.ok) return read;
  const { instrument, price } = read.value;
  const quantity = absolute(read.value.quantity);
  if (quantity === 0n) return noShares(of);
  const amount = grossOf(of, side, quantity, price);
  const astray = of.amount !== 0n && of.amount < 0n !== (side === 'buy');
  return ok({
    type: side,
    ...whenFields(of.when),
    instrument,
    quantity,
    ...(price === undefined ? {} : { price }),
    amount: absolute(amount),
    currency: of.currency,
    fee: of.fee,
    tax: of.tax,
    ...(astray ? { note: oppositeSign } : {}),
  });
}

function distribution(of: ScalableRow): Read<ImportedTransaction> {
  const instrument = instrumentOf(of);
  if (!instrument.ok) return instrument;
  const { amount, currency, fee, tax } = of;
  const when = whenFields(of.when);
  return ok({
    type: 'dividend',
    ...when,
    instrument: instrument.value,
    amount,
    currency,
    fee,
    tax,
  });
}

function delivery(of: ScalableRow): Read<ImportedTransaction> {
  const read = all({ instrument: instrumentOf(of, of.currency), shares: of.row.decimal('shares') });
  if (!read.ok) return read;
  const { instrument, shares } = read.value;
  if (shares === 0n) return noShares(of);
  const worth = absolute(of.amount);
  return ok({
    type: shares < 0n ? 'delivery-out' : 'delivery-in',
    ...whenFields(of.when),
    instrument,
    quantity: absolute(shares),
    ...(worth === 0n ? {} : { amount: worth }),
    currency: of.currency,
    fee: of.fee,
    tax: of.tax,
  });
}

const flow = (of: ScalableRow, type: 'deposit' | 'withdrawal'): ImportedTransaction => ({
  type,
  ...whenFields(of.when),
  amount: absolute(of.amount),
  currency: of.currency,
  note: of.row.text('description'),
});

const expense = (
  of: ScalableRow,
  type: 'fee' | 'tax' | 'margin-interest',
): ImportedTransaction => ({
  type,
  ...whenFields(of.when),
  instrument: undefined,
  amount: -of.amount,
  currency: of.currency,
  note: of.row.text('description'),
});

function interest(of: ScalableRow): ImportedTransaction {
  if (of.amount < 0n) return expense(of, 'margin-interest');
  const { amount, currency, fee, tax } = of;
  return {
    type: 'interest',
    ...whenFields(of.when),
    instrument: undefined,
    amount,
    currency,
    fee,
    tax,
  };
}

/** What an executed row is; refused where its type is not known. */
export function transactionOf(of: ScalableRow): Read<ImportedTransaction> {
  switch (of.type) {
    case 'buy':
    case 'savings plan':
      return trade(of, 'buy');
    case 'sell':
      return trade(of, 'sell');
    case 'distribution':
      return distribution(of);
    case 'security transfer':
      return delivery(of);
    case 'deposit':
    case 'withdrawal':
      return ok(flow(of, of.type));
    case 'interest':
      return ok(interest(of));
    case 'fee':
      return ok(expense(of, 'fee'));
    case 'taxes':
    case 'tax':
      return ok(expense(of, 'tax'));
    default:
      return of.row.unknown('type');
  }
}
