import type { Exchange, OptionEvent, Ratio, Redemption, Split } from '@plimsoll/domain';
import { ok, one, type Result, refuse, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { readNumber } from '../read-number.ts';
import type { NativeField } from './native-field.ts';
import type { NativeRow } from './native-row.ts';
import { readCashPart, readCharges, readSettlement, statedAmount } from './read-amounts.ts';
import { needInstrument, withoutGaps } from './read-instrument.ts';
import type { RowHead } from './row-head.ts';

/** `10:1`, `3 for 2` or `0.05`: new units for old ones. */
function parseRatio(text: string, decimal: '.' | ','): Result<Ratio> {
  const [first = '', second] = text.split(/\s*(?::|\/|\bfor\b)\s*/i, 3);
  const added = readNumber(first, { decimal });
  const old = second === undefined ? ok(one) : readNumber(second, { decimal });
  const isRatio = added.ok && old.ok && added.value > 0n && old.value > 0n;
  if (isRatio) return ok({ new: added.value, old: old.value });
  return refuse({
    code: 'import.bad-ratio',
    detail: `"${text}" is not a ratio of new units to old ones`,
  });
}

function readRatio(row: NativeRow, field: NativeField): Ratio | undefined {
  const text = row.word(field);
  if (text === undefined) return undefined;
  const ratio = parseRatio(text, row.dialect.decimal);
  if (ratio.ok) return ratio.value;
  row.refuse({
    field,
    code: ratio.fault.code,
    reason: `${ratio.fault.detail}.`,
    fix: 'Write new units per old one, such as 10, 0.05 or 3:2.',
  });
  return undefined;
}

const hasColon = (row: NativeRow): boolean => /[:/]|\bfor\b/i.test(row.word('quantity') ?? '');

/**
 * Reads a split (`quantity` is new units per old one) or a stock dividend (`quantity` is the units
 * received, unless written as a ratio); `added` says the units added for either.
 */
export function readSplit(row: NativeRow, head: RowHead, type: Split['type']): ImportedTransaction {
  const asRatio = type === 'split' || hasColon(row);
  const ratio = readRatio(row, 'ratio') ?? (asRatio ? readRatio(row, 'quantity') : undefined);
  const added = row.decimal('added') ?? (asRatio ? undefined : row.decimal('quantity'));
  if (ratio === undefined && added === undefined) {
    const why = `A ${type} says how many units there are for the old ones`;
    row.required('quantity', undefined, zero, why);
  }
  if (ratio !== undefined && added !== undefined) {
    row.refuse({
      field: 'added',
      code: 'import.two-ratios',
      reason: 'The row states both a ratio and the units added.',
      fix: 'Keep one of them.',
    });
  }
  return withoutGaps({
    ...head,
    type,
    instrument: needInstrument(row, '', `A ${type} is of an instrument`),
    ratio,
    added,
    cashInLieu: readCashPart(row, 'cash-in-lieu'),
  });
}

/** Reads a spin-off: `to` is the child, `cost-share` the part of the cost that moves to it. */
export function readSpinOff(row: NativeRow, head: RowHead): ImportedTransaction {
  const why = 'A spin-off gives units of another instrument and a share of the cost, from 0 to 1';
  const quantity = row.required('quantity', row.decimal('quantity'), zero, why);
  const costShare = row.required('cost-share', row.decimal('cost-share'), zero, why);
  row.notZero('quantity', quantity, why);
  if (costShare < zero || costShare > one) {
    row.refuse({
      field: 'cost-share',
      code: 'import.out-of-range',
      reason: `A share of the cost lies between 0 and 1, and this is ${row.word('cost-share')}.`,
      fix: 'Write 0.15 for 15 %.',
    });
  }
  return {
    ...head,
    type: 'spin-off',
    instrument: needInstrument(row, '', 'A spin-off has a parent'),
    child: needInstrument(row, 'to-', 'A spin-off has a child'),
    quantity: row.unsigned('quantity', quantity, 'positive', why),
    costShare,
  };
}

/** Reads a merger or change of symbol: `to` is the new instrument, `amount` cash boot received. */
export function readExchange(
  row: NativeRow,
  head: RowHead,
  type: Exchange['type'],
): ImportedTransaction {
  const stated = readRatio(row, 'ratio') ?? readRatio(row, 'quantity');
  const evenly = type === 'symbol-change' ? { new: one, old: one } : undefined;
  const why = 'A merger says how many new units there are for each old one';
  return withoutGaps({
    ...head,
    type,
    instrument: needInstrument(row, '', `A ${type} has an old instrument`),
    into: needInstrument(row, 'to-', `A ${type} has a new instrument`),
    ratio: row.required('quantity', stated ?? evenly, { new: one, old: one }, why),
    boot: readCashPart(row, 'amount'),
    cashInLieu: readCashPart(row, 'cash-in-lieu'),
  });
}

/** Reads capital paid back on units that stay. */
export function readReturnOfCapital(row: NativeRow, head: RowHead): ImportedTransaction {
  const why = 'A return of capital has an amount';
  return withoutGaps({
    ...head,
    type: 'return-of-capital' as const,
    instrument: needInstrument(row, '', 'A return of capital is of an instrument'),
    amount: row.required('amount', statedAmount(row), zero, why),
    currency: row.currency(),
    settlement: readSettlement(row),
  });
}

/** Reads an option that leaves: exercised, assigned or expired. */
export function readOptionEvent(
  row: NativeRow,
  head: RowHead,
  type: OptionEvent['type'],
): ImportedTransaction {
  const why = `An ${type} says how many contracts`;
  const quantity = row.required('quantity', row.decimal('quantity'), zero, why);
  row.notZero('quantity', quantity, why);
  return {
    ...head,
    type,
    instrument: needInstrument(row, '', `An ${type} is of an option`),
    quantity: row.unsigned('quantity', quantity, 'either', why),
    currency: row.currency(),
    ...readCharges(row),
  };
}

/** Reads a bond that pays back all or part. */
export function readRedemption(
  row: NativeRow,
  head: RowHead,
  type: Redemption['type'],
): ImportedTransaction {
  const why = `A row of type ${type} has a quantity and an amount`;
  const quantity = row.required('quantity', row.decimal('quantity'), zero, why);
  row.notZero('quantity', quantity, why);
  const units = row.unsigned('quantity', quantity, 'either', why);
  const amount = row.required('amount', statedAmount(row), zero, why);
  return withoutGaps({
    ...head,
    type,
    instrument: needInstrument(row, '', `A row of type ${type} is of a bond`),
    quantity: units,
    amount: row.has('amount')
      ? row.unsigned('amount', amount, 'positive', why)
      : amount < 0n
        ? -amount
        : amount,
    accrued: row.money('accrued'),
    currency: row.currency(),
    ...readCharges(row),
    settlement: readSettlement(row),
  });
}

/** Reads the end of a listing: every unit leaves for `amount`, nothing if empty. */
export function readDelisting(row: NativeRow, head: RowHead): ImportedTransaction {
  return {
    ...head,
    type: 'delisting',
    instrument: needInstrument(row, '', 'A delisting is of an instrument'),
    amount: row.unsigned('amount', row.money('amount') ?? zero, 'positive', 'It is what was paid'),
    currency: row.currency(),
  };
}
