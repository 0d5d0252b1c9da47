import { type Decimal, ok, zero } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import { type Read, type Row, whenFields } from '../../importer-kit/index.ts';
import type { PpRow } from './pp-row.ts';

const head = ({ when, note }: PpRow) => ({ ...whenFields(when), ...(note === '' ? {} : { note }) });

/**
 * The money of a trade. The program's value is what was paid in all, so the worth of the units is
 * that without fees and taxes. Where the instrument is in another currency, the worth is stated in
 * that one, and the value is what settled it.
 */
function tradeMoney(row: PpRow, isPaid: boolean) {
  const charges = { fee: row.fee, tax: row.tax };
  if (row.foreign) {
    return {
      amount: row.foreign.amount,
      currency: row.foreign.currency,
      settlement: { currency: row.currency, amount: row.net },
      ...charges,
      feeCurrency: row.currency,
      taxCurrency: row.currency,
    };
  }
  const total = row.fee + row.tax;
  return { amount: isPaid ? row.net - total : row.net + total, currency: row.currency, ...charges };
}

const refuseRow = (source: Row, code: string, reason: string) =>
  source.refuse({
    column: null,
    value: source.cells.join(' '),
    code,
    reason,
    fix: 'Export the table again with all its columns, or correct this row.',
  });

interface Units {
  readonly instrument: InstrumentHint;
  readonly quantity: Decimal;
}

function unitsOf(row: PpRow, source: Row): Read<Units> {
  if (!row.instrument) {
    return refuseRow(
      source,
      'import.missing-instrument',
      'The row trades units, but names no security.',
    );
  }
  if (row.shares === zero) return refuseRow(source, 'import.zero', 'The row trades no units.');
  return ok({ instrument: row.instrument, quantity: row.shares });
}

function traded(row: PpRow, source: Row, isPaid: boolean): Read<ImportedTransaction> {
  const units = unitsOf(row, source);
  if (!units.ok) return units;
  const isDelivery = row.type.startsWith('DELIVERY') || row.type.startsWith('TRANSFER');
  const money = tradeMoney(row, isPaid);
  if (money.amount < zero) {
    return refuseRow(
      source,
      'import.charges-exceed-total',
      'Fees and taxes are more than the value.',
    );
  }
  const common = { ...head(row), ...units.value, ...money };
  if (isDelivery) return ok({ type: isPaid ? 'delivery-in' : 'delivery-out', ...common });
  return ok({ type: isPaid ? 'buy' : 'sell', ...common });
}

/** Income is credited net of the tax and fees beside it. */
function income(row: PpRow, type: 'dividend' | 'interest'): ImportedTransaction {
  const { instrument } = row;
  return { type, ...head(row), instrument, ...tradeMoney(row, false) };
}

function expense(
  row: PpRow,
  type: 'fee' | 'tax' | 'margin-interest',
  sign: bigint,
): ImportedTransaction {
  const { instrument, currency } = row;
  return { type, ...head(row), instrument, amount: sign * row.net, currency };
}

const external = (row: PpRow, type: 'deposit' | 'withdrawal'): ImportedTransaction => ({
  type,
  ...head(row),
  amount: row.net,
  currency: row.currency,
});

/** From one account of the file to another. */
export function transferTo(row: PpRow, source: Row, toAccount: string): Read<ImportedTransaction> {
  const base = { type: 'transfer', ...head(row), toAccount, currency: row.currency } as const;
  if (!row.instrument) return ok({ ...base, instrument: undefined, quantity: row.net });
  const units = unitsOf(row, source);
  if (!units.ok) return units;
  return ok({ ...base, ...units.value, ...(row.net === zero ? {} : { worth: row.net }) });
}

/** What a row means by itself. */
export function transactionOf(row: PpRow, source: Row): Read<ImportedTransaction> {
  switch (row.type) {
    case 'BUY':
    case 'DELIVERY_INBOUND':
      return traded(row, source, true);
    case 'SELL':
    case 'DELIVERY_OUTBOUND':
      return traded(row, source, false);
    case 'TRANSFER_IN':
      return row.instrument ? traded(row, source, true) : ok(external(row, 'deposit'));
    case 'TRANSFER_OUT':
      return row.instrument ? traded(row, source, false) : ok(external(row, 'withdrawal'));
    case 'DEPOSIT':
      return ok(external(row, 'deposit'));
    case 'REMOVAL':
      return ok(external(row, 'withdrawal'));
    case 'DIVIDENDS':
      return ok(income(row, 'dividend'));
    case 'INTEREST':
      return ok(income(row, 'interest'));
    case 'INTEREST_CHARGE':
      return ok(expense(row, 'margin-interest', 1n));
    case 'FEES':
      return ok(expense(row, 'fee', 1n));
    case 'FEES_REFUND':
      return ok(expense(row, 'fee', -1n));
    case 'TAXES':
      return ok(expense(row, 'tax', 1n));
    case 'TAX_REFUND':
      return ok(expense(row, 'tax', -1n));
  }
}
