import { ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Outcome, type Read, whenFields } from '../../importer-kit/index.ts';
import { type Activity, instrumentOf, optionalMoney, unitsOf } from './activity.ts';

/** Units given for nothing. */
export function stockDistribution(activity: Activity): Read<ImportedTransaction> {
  const units = unitsOf(activity.row);
  if (!units.ok) return units;
  return ok({
    type: 'stock-dividend',
    ...whenFields(activity.when),
    instrument: instrumentOf(activity.row, units.value.unit),
    added: units.value.quantity,
  });
}

/** Units that come from or go to another broker; `Total` is what they are worth. */
export function delivery(
  activity: Activity,
  type: 'delivery-in' | 'delivery-out',
): Read<ImportedTransaction> {
  const read = all({ units: unitsOf(activity.row), total: optionalMoney(activity, 'Total') });
  if (!read.ok) return read;
  const { units, total } = read.value;
  return ok({
    type,
    ...whenFields(activity.when),
    instrument: instrumentOf(activity.row, units.unit),
    quantity: units.quantity,
    ...(total && total.amount > 0n ? { amount: total.amount } : {}),
    currency: total && total.amount > 0n ? total.currency : units.currency,
    fee: 0n,
    tax: 0n,
  });
}

/** A split is written as two rows: the old units close, the new ones open. */
export function split(close: Activity, open: Activity): Read<Outcome> {
  const read = all({ old: unitsOf(close.row), new: unitsOf(open.row) });
  if (!read.ok) return read;
  return ok({
    row: {
      line: Math.min(close.row.line, open.row.line),
      lines: [close.row.line, open.row.line].toSorted((a, b) => a - b),
      transaction: {
        type: 'split',
        ...whenFields(open.when),
        instrument: instrumentOf(open.row, read.value.new.unit),
        ratio: { new: read.value.new.quantity, old: read.value.old.quantity },
      },
    },
  });
}

/** The refusal of one row of a split without the other. */
export const splitHalf = ({ row }: Activity): Read<never> =>
  row.refuseCell('Action', {
    code: 'import.other-half-missing',
    reason: 'The other row of this split is not in the file.',
    fix: 'Export a period that holds both rows of the split.',
  });
