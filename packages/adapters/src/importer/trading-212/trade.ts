import { absolute, atPrice, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Read, whenFields } from '../../importer-kit/index.ts';
import { type Activity, chargesOf, instrumentOf, type Money, money, unitsOf } from './activity.ts';

const shareOf = (charge: Money | undefined, currency: string): bigint =>
  charge?.currency === currency ? charge.amount : 0n;

/**
 * A buy or a sale. `Total` is what was really paid or received, charges and conversion included.
 * In the account's own currency the gross amount follows from it; else it is the settlement of
 * quantity × price.
 */
export function trade(activity: Activity, side: 'buy' | 'sell'): Read<ImportedTransaction> {
  const read = all({
    units: unitsOf(activity.row),
    total: money(activity, 'Total'),
    charges: chargesOf(activity),
  });
  if (!read.ok) return read;
  const { units, total, charges } = read.value;
  const { quantity, price, currency, unit } = units;
  const net = side === 'buy' ? absolute(total.amount) : total.amount;
  const charged = shareOf(charges.fee, total.currency) + shareOf(charges.tax, total.currency);
  const own = currency === total.currency;
  const amount = own ? net + (side === 'buy' ? -charged : charged) : atPrice(quantity, price);
  if (amount < 0n || (!own && net <= 0n)) {
    return activity.row.refuseCell('Total', {
      code: 'import.total-unclear',
      reason: 'The total and the charges of the row do not fit together.',
      fix: 'Record this trade by hand.',
    });
  }
  return ok({
    type: side,
    ...whenFields(activity.when),
    instrument: instrumentOf(activity.row, unit),
    quantity,
    price,
    amount,
    currency,
    ...chargeFields(charges, currency),
    ...(own ? {} : { settlement: { currency: total.currency, amount: net } }),
  });
}

function chargeFields(
  charges: { readonly fee: Money | undefined; readonly tax: Money | undefined },
  currency: string,
) {
  const { fee, tax } = charges;
  return {
    fee: fee?.amount ?? 0n,
    tax: tax?.amount ?? 0n,
    ...(fee && fee.currency !== currency ? { feeCurrency: fee.currency } : {}),
    ...(tax && tax.currency !== currency ? { taxCurrency: tax.currency } : {}),
  };
}
