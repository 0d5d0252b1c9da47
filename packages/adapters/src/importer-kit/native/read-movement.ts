import type { Delivery } from '@plimsoll/domain';
import { absolute, zero } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { NativeRow } from './native-row.ts';
import { cashAmount, readCharges, readLots, readSettlement, statedAmount } from './read-amounts.ts';
import { needInstrument, readInstrument, withoutGaps } from './read-instrument.ts';
import type { RowHead } from './row-head.ts';

/** The two accounts of a transfer: `From -> To`, or the columns account and to-account. */
export function transferAccounts(row: NativeRow): {
  readonly from: string | undefined;
  readonly to: string | undefined;
} {
  const account = row.word('account');
  const to = row.word('to-account');
  if (to !== undefined || account === undefined) return { from: account, to };
  const parts = account.split(/\s*(?:->|→)\s*/);
  if (parts.length !== 2) return { from: account, to: undefined };
  return { from: parts[0] || undefined, to: parts[1] || undefined };
}

/** Reads a transfer of units or cash between two accounts. */
export function readTransfer(row: NativeRow, head: RowHead): ImportedTransaction {
  const { to } = transferAccounts(row);
  if (to === undefined) {
    row.refuse({
      field: 'account',
      code: 'import.missing-account',
      reason: 'A transfer goes from one account to another, and the row does not name both.',
      fix: 'Write both as From -> To, or use delivery-in or delivery-out if no record is kept of the other side.',
    });
  }
  const instrument = readInstrument(row, '');
  const why = 'A transfer moves units or cash';
  const quantity = instrument
    ? row.required('quantity', row.decimal('quantity'), zero, why)
    : cashAmount(row, why);
  const field = instrument ? 'quantity' : 'amount';
  row.notZero(field, quantity, why);
  return withoutGaps({
    ...head,
    type: 'transfer' as const,
    toAccount: to ?? '',
    instrument,
    quantity: absolute(quantity),
    currency: row.currency(),
    worth: instrument ? positiveOrNone(row, 'amount', statedAmount(row)) : undefined,
    lots: instrument ? readLots(row) : undefined,
  });
}

const positiveOrNone = (row: NativeRow, field: 'amount' | 'cost', value: bigint | undefined) =>
  value === undefined
    ? undefined
    : row.unsigned(field, value, 'positive', 'It is what the units are worth');

/** Reads units that come from or go to where no record is kept. */
export function readDelivery(
  row: NativeRow,
  head: RowHead,
  type: Delivery['type'],
): ImportedTransaction {
  const inwards = type === 'delivery-in';
  const why = `A ${type} has a quantity`;
  const quantity = row.required('quantity', row.decimal('quantity'), zero, why);
  row.notZero('quantity', quantity, why);
  const amount = statedAmount(row);
  const sign = inwards ? 'positive' : 'either';
  return withoutGaps({
    ...head,
    type,
    instrument: needInstrument(row, '', `A ${type} is of an instrument`),
    quantity: row.unsigned('quantity', quantity, sign, `A ${type} adds units`),
    amount:
      amount === undefined
        ? undefined
        : row.unsigned('amount', amount, sign, 'It is what the units are worth'),
    currency: row.currency(),
    ...readCharges(row),
    settlement: readSettlement(row),
    cost: positiveOrNone(row, 'cost', row.money('cost')),
    openedOn: row.day('opened-on')?.day,
    lots: readLots(row),
  });
}

/** Reads what was held when the record begins: units at a cost, or cash. */
export function readOpeningBalance(row: NativeRow, head: RowHead): ImportedTransaction {
  const instrument = readInstrument(row, '');
  return withoutGaps({
    ...head,
    type: 'opening-balance' as const,
    instrument,
    ...(instrument ? openingUnits(row) : openingCash(row)),
    currency: row.currency(),
    openedOn: row.day('opened-on')?.day,
  });
}

function openingUnits(row: NativeRow) {
  const why = 'An opening balance of units has a quantity and what they cost (amount or price)';
  const quantity = row.required('quantity', row.decimal('quantity'), zero, why);
  row.notZero('quantity', quantity, why);
  const cost = row.money('cost') ?? statedAmount(row);
  return {
    quantity: row.unsigned('quantity', quantity, 'positive', 'Units held'),
    cost: row.unsigned(
      'amount',
      row.required('amount', cost, zero, why),
      'positive',
      'What they cost',
    ),
  };
}

function openingCash(row: NativeRow) {
  const quantity = cashAmount(row, 'An opening balance of cash has an amount');
  return { quantity, cost: row.money('cost') ?? quantity };
}

/** Reads a correction, which needs a reason. */
export function readAdjustment(row: NativeRow, head: RowHead): ImportedTransaction {
  const { note, ...rest } = head;
  const reason = row.text('reason');
  const instrument: InstrumentHint | undefined = readInstrument(row, '');
  const why = 'An adjustment says by how much';
  const quantity = instrument
    ? row.required('quantity', row.decimal('quantity'), zero, why)
    : cashAmount(row, why);
  return withoutGaps({
    ...rest,
    type: 'adjustment' as const,
    note: reason === undefined ? undefined : note,
    reason: row.required('reason', reason ?? note, '', 'An adjustment needs a reason'),
    instrument,
    quantity,
    amount: row.money('cost') ?? (instrument ? absolute(statedAmount(row) ?? zero) : zero),
    currency: row.currency(),
  });
}
