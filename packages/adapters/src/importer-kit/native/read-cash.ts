import type { CashFlow, Expense, Income } from '@plimsoll/domain';
import { absolute, type Decimal, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { inPounds } from '../pence.ts';
import type { NativeRow } from './native-row.ts';
import type { NativeType } from './native-type.ts';
import { cashAmount, readCharges, readSettlement, statedAmount } from './read-amounts.ts';
import { needInstrument, readInstrument, withoutGaps } from './read-instrument.ts';
import type { RowHead } from './row-head.ts';

/** Reads a deposit or withdrawal of cash. */
export function readCashFlow(
  row: NativeRow,
  head: RowHead,
  type: CashFlow['type'],
): ImportedTransaction {
  const currency = row.has('currency')
    ? row.currency()
    : (row.currencyIn('symbol') ?? row.currency());
  const symbol = row.word('symbol');
  if (symbol !== undefined && symbol.toUpperCase() !== currency) {
    row.refuse({
      field: 'symbol',
      code: 'import.not-cash',
      reason: `A ${type} is of cash, and the row names ${symbol}.`,
      fix: `For units use delivery-${type === 'deposit' ? 'in' : 'out'}; for cash leave the symbol empty.`,
    });
  }
  const why = `A ${type} has an amount`;
  const amount = row.notZero('amount', cashAmount(row, why), why);
  const mayBe = type === 'deposit' ? 'positive' : 'either';
  return {
    ...head,
    type,
    amount: row.unsigned('amount', amount, mayBe, `A ${type} brings cash in`),
    currency,
  };
}

/** Reads a dividend, interest or other income, in cash or taken in units. */
export function readIncome(
  row: NativeRow,
  head: RowHead,
  kind: { readonly type: Income['type']; readonly reinvest: boolean },
): ImportedTransaction {
  const stated = row.required(
    'amount',
    statedAmount(row),
    zero,
    `A row of type ${kind.type} has an amount (what units were worth, where it was paid in them)`,
  );
  return withoutGaps({
    ...head,
    type: kind.type,
    instrument: readInstrument(row, ''),
    amount: stated,
    currency: row.currency(),
    ...readCharges(row),
    settlement: readSettlement(row),
    reinvested: readReinvested(row, kind),
  });
}

/** Staking is paid in units; other income only where the row says so. */
function readReinvested(
  row: NativeRow,
  { type, reinvest }: { readonly type: Income['type']; readonly reinvest: boolean },
) {
  const inUnits = reinvest || (type === 'staking' && row.has('symbol'));
  const field = row.has('reinvested') || !inUnits ? 'reinvested' : 'quantity';
  const quantity = row.decimal(field);
  if (quantity === undefined) {
    if (reinvest) row.required('quantity', undefined, zero, 'A reinvestment adds units');
    return undefined;
  }
  row.notZero(field, quantity, 'A reinvestment adds units');
  const instrument =
    readInstrument(row, 'to-') ?? needInstrument(row, '', 'Units are of an instrument');
  return {
    instrument,
    quantity: row.unsigned(field, quantity, 'positive', 'A reinvestment adds units'),
  };
}

const ownColumn = { fee: 'fee', tax: 'tax' } as const;

/** Reads a fee, tax or margin interest; the sum may stand in the fee or tax column as well. */
export function readExpense(
  row: NativeRow,
  head: RowHead,
  { type, refund }: NativeType & { readonly type: Expense['type'] },
): ImportedTransaction {
  const own = type === 'margin-interest' ? undefined : ownColumn[type];
  const beside = own === undefined ? undefined : row.money(own);
  const amount =
    beside !== undefined && isNothing(row.money('amount'), row)
      ? beside
      : cashAmount(row, `A row of type ${type} has an amount`);
  if (beside !== undefined && beside !== zero && beside !== amount) {
    row.refuse({
      field: own ?? 'amount',
      code: 'import.amounts-disagree',
      reason: `The row states two sums, in amount and in ${own}.`,
      fix: 'Keep one of them, or make it two rows.',
    });
  }
  return withoutGaps({
    ...head,
    type,
    instrument: readInstrument(row, ''),
    amount: refund ? -positive(row, amount, `${type}-refund`) : positive(row, amount, type),
    currency: row.currency(),
  });
}

/** No amount, or a zero with no quantity × price that says otherwise. */
const isNothing = (amount: Decimal | undefined, row: NativeRow): boolean =>
  (amount === undefined || amount === zero) && (statedAmount(row) ?? zero) === zero;

/** A negative expense could be one paid, as in bank statements, or one given back. */
function positive(row: NativeRow, amount: Decimal, type: string): Decimal {
  if (amount < 0n) {
    row.refuse({
      field: 'amount',
      code: 'import.wrong-sign',
      reason: `A negative ${type} may mean one paid or one given back.`,
      fix: type.endsWith('-refund')
        ? 'Write it without the minus sign.'
        : `Write it without the minus sign if it was paid, or with the type ${type}-refund if it was given back.`,
    });
  }
  return amount;
}

/** Interest that was paid rather than received. */
export function readInterestPaid(
  row: NativeRow,
  head: RowHead,
  amount: Decimal,
): ImportedTransaction {
  return withoutGaps({
    ...head,
    type: 'margin-interest' as const,
    instrument: readInstrument(row, ''),
    amount: absolute(amount),
    currency: row.currency(),
  });
}

/** Reads a conversion: `quantity` of the currency in `symbol` bought for `amount` of `currency`. */
export function readConversion(row: NativeRow, head: RowHead): ImportedTransaction {
  const why =
    'A conversion says which currency was bought (symbol), how much (quantity) and for what (amount)';
  const boughtCurrency = row.required('symbol', row.currencyIn('symbol'), '', why);
  const bought = row.required('quantity', row.decimal('quantity'), zero, why);
  const sold = row.required('amount', statedAmount(row), zero, why);
  row.notZero('quantity', bought, why);
  row.notZero('amount', sold, why);
  const currency = row.currency();
  if (boughtCurrency !== '' && boughtCurrency === currency) {
    row.refuse({
      field: 'symbol',
      code: 'import.same-currency',
      reason: `${currency} is both bought and sold.`,
      fix: 'Write the currency bought in symbol, the one sold in currency.',
    });
  }
  const boughtAmount = inPounds(bought, row.cells.cell('symbol').trim());
  return withoutGaps({
    ...head,
    type: 'fx' as const,
    sold: { currency, amount: absolute(sold) },
    bought: {
      currency: boughtCurrency,
      amount: row.unsigned('quantity', boughtAmount, 'positive', why),
    },
    currency: row.currencyIn('charge-currency') ?? currency,
    ...readCharges(row),
  });
}
