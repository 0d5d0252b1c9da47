import { absolute, formatDecimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Read, readNumber, whenFields } from '../../importer-kit/index.ts';
import { type Activity, instrumentOf, type Money, money, optionalMoney } from './activity.ts';

const noteOf = ({ row }: Activity): { readonly note?: string } => {
  const note = [row.text('Notes'), row.text('Merchant name'), row.text('Merchant category')]
    .filter((part) => part !== '')
    .join(', ');
  return note === '' ? {} : { note };
};

/** Money in or out, by its sign. */
export function flow(activity: Activity): Read<ImportedTransaction> {
  const total = money(activity, 'Total');
  if (!total.ok) return total;
  const { amount, currency } = total.value;
  return ok({
    type: amount < 0n ? 'withdrawal' : 'deposit',
    ...whenFields(activity.when),
    amount: absolute(amount),
    currency,
    ...noteOf(activity),
  });
}

/** Income that no instrument pays, or a correction of it. */
export function income(
  activity: Activity,
  type: 'interest' | 'other-income' | 'dividend',
): Read<ImportedTransaction> {
  const total = money(activity, 'Total');
  if (!total.ok) return total;
  const named = activity.row.has('ISIN') || activity.row.has('Ticker');
  return ok({
    type,
    ...whenFields(activity.when),
    instrument: named ? instrumentOf(activity.row) : undefined,
    ...total.value,
    fee: 0n,
    tax: 0n,
    ...noteOf(activity),
  });
}

/** A fee that stands alone; `Total` is negative where it is paid. */
export function fee(activity: Activity): Read<ImportedTransaction> {
  const total = money(activity, 'Total');
  if (!total.ok) return total;
  const named = activity.row.has('ISIN') || activity.row.has('Ticker');
  return ok({
    type: 'fee',
    ...whenFields(activity.when),
    instrument: named ? instrumentOf(activity.row) : undefined,
    amount: absolute(total.value.amount),
    currency: total.value.currency,
    ...noteOf(activity),
  });
}

const inWords = /^(\S+) ([A-Z]{3}) -> (\S+) ([A-Z]{3})$/;

interface Sides {
  readonly sold: Money;
  readonly bought: Money;
}

/** `0.01 GBP -> 0.01 EUR` */
function sidesInWords({ row }: Activity): Read<Sides> {
  const match = inWords.exec(row.text('Notes'));
  const from = readNumber(match?.[1] ?? '', { decimal: '.' });
  const to = readNumber(match?.[3] ?? '', { decimal: '.' });
  if (match?.[2] && match[4] && from.ok && to.ok) {
    return ok({
      sold: { amount: absolute(from.value), currency: match[2] },
      bought: { amount: absolute(to.value), currency: match[4] },
    });
  }
  return row.refuseCell('Notes', {
    code: 'import.conversion-unclear',
    reason: 'The row converts cash but does not say what into what.',
    fix: 'Write it into Notes like "10.00 GBP -> 11.60 EUR", or export the file again.',
  });
}

function sidesOf(activity: Activity): Read<Sides> {
  const read = all({
    from: optionalMoney(activity, 'Currency conversion from amount'),
    to: optionalMoney(activity, 'Currency conversion to amount'),
  });
  if (!read.ok) return read;
  const { from, to } = read.value;
  if (!from || !to) return sidesInWords(activity);
  return ok({
    sold: { ...from, amount: absolute(from.amount) },
    bought: { ...to, amount: absolute(to.amount) },
  });
}

/** A conversion; its fee is already in what was received. */
export function conversion(activity: Activity): Read<ImportedTransaction> {
  const read = all({
    sides: sidesOf(activity),
    fee: optionalMoney(activity, 'Currency conversion fee'),
  });
  if (!read.ok) return read;
  const { sides, fee: charged } = read.value;
  const note = charged?.amount
    ? { note: `Its rate includes a fee of ${formatDecimal(charged.amount)} ${charged.currency}.` }
    : {};
  return ok({
    type: 'fx',
    ...whenFields(activity.when),
    ...sides,
    currency: sides.bought.currency,
    fee: 0n,
    tax: 0n,
    ...note,
  });
}
