import { type Expense, type IncomeType, incomeTypes, type TransactionType } from '@plimsoll/domain';
import { ok, refuse } from '@plimsoll/kernel';
import type { ImportedRow, ImportedTransaction } from '@plimsoll/ports';
import type { Read } from '../row.ts';
import type { NativeField } from './native-field.ts';
import { type NativeCells, type NativeDialect, NativeRow } from './native-row.ts';
import { knownTypes, type NativeType, nativeTypeOf } from './native-type.ts';
import {
  readCashFlow,
  readConversion,
  readExpense,
  readIncome,
  readInterestPaid,
} from './read-cash.ts';
import {
  readDelisting,
  readExchange,
  readOptionEvent,
  readRedemption,
  readReturnOfCapital,
  readSpinOff,
  readSplit,
} from './read-corporate-action.ts';
import { withoutGaps } from './read-instrument.ts';
import {
  readAdjustment,
  readDelivery,
  readOpeningBalance,
  readTransfer,
  transferAccounts,
} from './read-movement.ts';
import { amountIs, readTrade } from './read-trade.ts';
import { type RowHead, readHead } from './row-head.ts';

/** Figures that not every type has; one that a type has no use for is refused, never dropped. */
const figures: readonly NativeField[] = [
  'quantity',
  'price',
  'amount',
  'fee',
  'tax',
  'ratio',
  'added',
  'reinvested',
  'accrued',
  'cost',
  'cost-share',
  'cash-in-lieu',
  'settlement-amount',
  'lots',
  'to',
  'to-account',
  'opened-on',
];

const tradeFigures: readonly NativeField[] = [
  'quantity',
  'price',
  'amount',
  'fee',
  'tax',
  'accrued',
  'settlement-amount',
  'lots',
];
const incomeFigures: readonly NativeField[] = [
  'quantity',
  'price',
  'amount',
  'fee',
  'tax',
  'settlement-amount',
  'reinvested',
  'to',
];
const cashFigures: readonly NativeField[] = ['quantity', 'price', 'amount'];
const deliveryFigures: readonly NativeField[] = [
  'quantity',
  'price',
  'amount',
  'fee',
  'tax',
  'settlement-amount',
  'cost',
  'opened-on',
  'lots',
];
const splitFigures: readonly NativeField[] = ['quantity', 'ratio', 'added', 'cash-in-lieu'];
const exchangeFigures: readonly NativeField[] = [
  'quantity',
  'ratio',
  'amount',
  'cash-in-lieu',
  'to',
];
const redemptionFigures: readonly NativeField[] = [
  'quantity',
  'price',
  'amount',
  'accrued',
  'fee',
  'tax',
  'settlement-amount',
];
const optionFigures: readonly NativeField[] = ['quantity', 'fee', 'tax'];

const figuresOf: Readonly<Record<TransactionType, readonly NativeField[]>> = {
  buy: tradeFigures,
  sell: tradeFigures,
  short: tradeFigures,
  cover: tradeFigures,
  deposit: cashFigures,
  withdrawal: cashFigures,
  transfer: [...cashFigures, 'to-account', 'lots'],
  'delivery-in': deliveryFigures,
  'delivery-out': deliveryFigures,
  'opening-balance': [...cashFigures, 'cost', 'opened-on'],
  dividend: incomeFigures,
  interest: incomeFigures,
  coupon: incomeFigures,
  staking: incomeFigures,
  rent: incomeFigures,
  'other-income': incomeFigures,
  fee: [...cashFigures, 'fee'],
  tax: [...cashFigures, 'tax'],
  'margin-interest': cashFigures,
  fx: [...cashFigures, 'fee', 'tax'],
  split: splitFigures,
  'stock-dividend': splitFigures,
  'spin-off': ['quantity', 'cost-share', 'to'],
  merger: exchangeFigures,
  'symbol-change': exchangeFigures,
  'return-of-capital': [...cashFigures, 'settlement-amount'],
  'option-exercise': optionFigures,
  'option-assignment': optionFigures,
  'option-expiry': optionFigures,
  redemption: redemptionFigures,
  amortisation: redemptionFigures,
  delisting: cashFigures,
  adjustment: [...cashFigures, 'cost'],
};

/** Reads one row of the native CSV, whatever its columns are called in the file. */
export function readNativeRow(cells: NativeCells, dialect: NativeDialect): Read<ImportedRow> {
  const row = new NativeRow(cells, dialect);
  const transaction = readTransaction(row);
  const refusal = row.refusal;
  if (refusal) return refuse(refusal);
  const account =
    transaction.type === 'transfer' ? transferAccounts(row).from : row.word('account');
  return ok(withoutGaps({ line: cells.line, externalId: row.word('id'), account, transaction }));
}

function readTransaction(row: NativeRow): ImportedTransaction {
  const head = readHead(row);
  const meaning = meaningOf(row);
  refuseUnused(row, meaning.type);
  return readByType(row, head, meaning);
}

const harmless: NativeType = { type: 'deposit' };

function meaningOf(row: NativeRow): NativeType {
  const word = row.required('type', row.word('type'), '', 'Every row has a type');
  const meaning = nativeTypeOf(word);
  if (!meaning) {
    row.refuse({
      field: 'type',
      code: 'import.unknown-type',
      reason: `"${word.slice(0, 80)}" is not a known type.`,
      fix: `Write one of ${knownTypes}.`,
    });
    return harmless;
  }
  return isInterestPaid(row, meaning) ? { type: 'margin-interest' } : meaning;
}

/** Negative interest is interest paid, unless the row says that its amount stands as it is. */
function isInterestPaid(row: NativeRow, { type }: NativeType): boolean {
  return type === 'interest' && amountIs(row) === undefined && (row.money('amount') ?? 0n) < 0n;
}

const zeroShape = /^[-+]?0*(?:[.,]0*)?$/;

function refuseUnused(row: NativeRow, type: TransactionType): void {
  const used = figuresOf[type];
  const unused = figures.find(
    (field) => !used.includes(field) && !zeroShape.test(row.cells.cell(field).trim()),
  );
  if (unused === undefined) return;
  row.refuse({
    field: unused,
    code: 'import.unused-value',
    reason: `A row of type ${type} has no ${unused}.`,
    fix: `Empty the cell; if the figure means something, give it a row of its own.`,
  });
}

const isIncome = (type: TransactionType): type is IncomeType =>
  (incomeTypes as readonly string[]).includes(type);

function readByType(row: NativeRow, head: RowHead, meaning: NativeType): ImportedTransaction {
  const { type } = meaning;
  if (isIncome(type)) return readIncome(row, head, { type, reinvest: meaning.reinvest === true });
  switch (type) {
    case 'buy':
    case 'sell':
    case 'short':
    case 'cover':
      return readTrade(row, head, type);
    case 'deposit':
    case 'withdrawal':
      return readCashFlow(row, head, type);
    case 'transfer':
      return readTransfer(row, head);
    case 'delivery-in':
    case 'delivery-out':
      return readDelivery(row, head, type);
    case 'opening-balance':
      return readOpeningBalance(row, head);
    case 'fee':
    case 'tax':
    case 'margin-interest':
      return readPaid(row, head, { ...meaning, type });
    case 'fx':
      return readConversion(row, head);
    case 'split':
    case 'stock-dividend':
      return readSplit(row, head, type);
    case 'spin-off':
      return readSpinOff(row, head);
    case 'merger':
    case 'symbol-change':
      return readExchange(row, head, type);
    case 'return-of-capital':
      return readReturnOfCapital(row, head);
    case 'option-exercise':
    case 'option-assignment':
    case 'option-expiry':
      return readOptionEvent(row, head, type);
    case 'redemption':
    case 'amortisation':
      return readRedemption(row, head, type);
    case 'delisting':
      return readDelisting(row, head);
    case 'adjustment':
      return readAdjustment(row, head);
  }
}

function readPaid(
  row: NativeRow,
  head: RowHead,
  meaning: NativeType & { readonly type: Expense['type'] },
): ImportedTransaction {
  const written = nativeTypeOf(row.word('type') ?? '');
  const amount = row.money('amount');
  if (written?.type === 'interest' && amount !== undefined) {
    return readInterestPaid(row, head, amount);
  }
  return readExpense(row, head, meaning);
}
