import { atPrice, formatDecimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Read, whenFields } from '../../importer-kit/index.ts';
import {
  type Activity,
  instrumentOf,
  type Money,
  money,
  optionalMoney,
  type Units,
  unitsOf,
} from './activity.ts';

interface Paid {
  readonly total: Money;
  /** Units and the dividend per unit, which is after withholding. */
  readonly units: Units | undefined;
  readonly withheld: Money | undefined;
}

function readPaid(activity: Activity): Read<Paid> {
  const { row } = activity;
  const perUnit = row.has('No. of shares') && row.has('Price / share');
  return all({
    total: money(activity, 'Total'),
    units: perUnit ? unitsOf(row) : ok(undefined),
    withheld: optionalMoney(activity, 'Withholding tax'),
  });
}

/** Gross, tax and currency; `Total` is the settlement where it is in another currency. */
function amounts({ total, units, withheld }: Paid) {
  const tax = withheld?.amount ?? 0n;
  const taxIn = tax === 0n ? undefined : withheld?.currency;
  const foreign = units && units.currency !== total.currency && total.amount > 0n;
  if (foreign && (taxIn === undefined || taxIn === units.currency)) {
    const net = atPrice(units.quantity, units.price);
    const settlement = { currency: total.currency, amount: total.amount };
    return { amount: net + tax, tax, fee: 0n, currency: units.currency, settlement };
  }
  const { amount, currency } = total;
  if (taxIn === undefined || taxIn === currency) {
    return { amount: amount + tax, tax, fee: 0n, currency };
  }
  // The tax is in a currency of which no rate is stated, so only the net amount is known.
  const note = `After withholding tax of ${formatDecimal(tax)} ${taxIn}.`;
  return { amount, tax: 0n, fee: 0n, currency, note };
}

/** A dividend of any kind, from what was paid out of it. */
export function dividend(activity: Activity): Read<ImportedTransaction> {
  const paid = readPaid(activity);
  if (!paid.ok) return paid;
  return ok({
    type: 'dividend',
    ...whenFields(activity.when),
    instrument: instrumentOf(activity.row),
    ...amounts(paid.value),
  });
}
