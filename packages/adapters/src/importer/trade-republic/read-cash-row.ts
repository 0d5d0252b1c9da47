import { absolute, type Decimal, ok } from '@plimsoll/kernel';
import { all, type Read, type Row } from '../../importer-kit/index.ts';
import { instrumentOf } from './instrument-of.ts';
import { headOf, type RowHead } from './row-head.ts';
import type { RowReading } from './row-reading.ts';

type Meaning = 'flow' | 'dividend' | 'interest' | 'other-income' | 'fee' | 'tax';

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['CUSTOMER_INPAYMENT', 'flow'],
  ['CUSTOMER_INBOUND', 'flow'],
  ['CUSTOMER_OUTBOUND_REQUEST', 'flow'],
  ['TRANSFER_IN', 'flow'],
  ['TRANSFER_OUT', 'flow'],
  ['TRANSFER_INBOUND', 'flow'],
  ['TRANSFER_OUTBOUND', 'flow'],
  ['TRANSFER_INSTANT_INBOUND', 'flow'],
  ['TRANSFER_INSTANT_OUTBOUND', 'flow'],
  ['TRANSFER_DIRECT_DEBIT_INBOUND', 'flow'],
  ['CARD_TRANSACTION', 'flow'],
  ['CARD_TRANSACTION_INTERNATIONAL', 'flow'],
  ['DIVIDEND', 'dividend'],
  ['DISTRIBUTION', 'dividend'],
  ['INTEREST_PAYMENT', 'interest'],
  ['BENEFITS_SAVEBACK', 'other-income'],
  ['BONUS', 'other-income'],
  ['STOCKPERK', 'other-income'],
  ['PEA_MARKETING', 'other-income'],
  ['GIFT', 'other-income'],
  ['CARD_ORDERING_FEE', 'fee'],
  ['FEE', 'fee'],
  ['TAX', 'tax'],
  ['TAX_OPTIMIZATION', 'tax'],
]);

/** Reads a row of cash. The balance changes by amount + fee + tax, each with its sign. */
export function readCashRow(row: Row): Read<RowReading> {
  const meaning = meanings.get(row.text('type'));
  if (!meaning) return row.unknown('type');
  const read = all({
    head: headOf(row),
    amount: row.decimalOrZero('amount'),
    fee: row.decimalOrZero('fee'),
    tax: row.decimalOrZero('tax'),
  });
  if (!read.ok) return read;
  const { head, amount, fee, tax } = read.value;
  if (amount === 0n && fee === 0n && tax === 0n) {
    return ok({ ignored: 'The row moves nothing: amount, fee and tax are 0.' });
  }
  if (meaning === 'fee' || meaning === 'tax') {
    const instrument = instrumentOf(row.text('symbol'), row.text('name'), row.text('asset_class'));
    return ok({
      transactions: [{ ...head, type: meaning, instrument, amount: -(amount + fee + tax) }],
    });
  }
  if (meaning === 'flow') return flow(row, head, { amount, fee, tax });
  return income(row, head, { meaning, amount, fee, tax });
}

interface Money {
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
}

/** Cash in or out; a fee on it is an expense of its own. */
function flow(row: Row, head: RowHead, { amount, fee, tax }: Money): Read<RowReading> {
  if (tax !== 0n || amount === 0n) {
    return row.refuseCell(amount === 0n ? 'amount' : 'tax', {
      code: 'import.unused-value',
      reason: amount === 0n ? 'The row moves no cash.' : 'A movement of cash bears no tax.',
      fix: 'Record the row by hand.',
    });
  }
  const type = amount > 0n ? 'deposit' : 'withdrawal';
  return ok({
    transactions: [
      { ...head, type, amount: absolute(amount) },
      ...(fee === 0n
        ? []
        : [{ ...head, type: 'fee' as const, instrument: undefined, amount: -fee }]),
    ],
  });
}

function income(
  row: Row,
  head: RowHead,
  {
    meaning,
    amount,
    fee,
    tax,
  }: Money & { readonly meaning: 'dividend' | 'interest' | 'other-income' },
): Read<RowReading> {
  if (meaning === 'interest' && amount < 0n && fee === 0n && tax === 0n) {
    return ok({
      transactions: [{ ...head, type: 'margin-interest', instrument: undefined, amount: -amount }],
    });
  }
  const payer =
    meaning === 'dividend'
      ? instrumentOf(row.text('symbol'), row.text('name'), row.text('asset_class'))
      : undefined;
  return ok({
    transactions: [{ ...head, type: meaning, instrument: payer, amount, fee: -fee, tax: -tax }],
  });
}
