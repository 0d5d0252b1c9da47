import { UsageRefusal } from './refusals.ts';

type Read = (text: string) => unknown;

const asIs: Read = (text) => text;

/** `EUR 12.50` or `12.50 EUR`. */
const money: Read = (text) => {
  const [first = '', second = '', ...more] = text.trim().split(/\s+/);
  const [currency, amount] = /^[A-Za-z]/.test(first) ? [first, second] : [second, first];
  if (currency === '' || amount === '' || more.length > 0) {
    throw new UsageRefusal(`"${text}" is not an amount with its currency, such as "12.50 EUR".`);
  }
  return { amount, currency: currency.toUpperCase() };
};

/** `2:1`, new to old. */
const ratio: Read = (text) => {
  const [fresh = '', old = '', ...more] = text.split(':');
  if (fresh === '' || old === '' || more.length > 0) {
    throw new UsageRefusal(`"${text}" is not a ratio of new to old units, such as "2:1".`);
  }
  return { new: fresh.trim(), old: old.trim() };
};

/** `ID:QUANTITY,ID:QUANTITY`. */
const lots: Read = (text) =>
  text.split(',').map((part) => {
    const at = part.lastIndexOf(':');
    if (at < 1) throw new UsageRefusal(`"${part}" is not ID:QUANTITY.`);
    return { openedBy: part.slice(0, at).trim(), quantity: part.slice(at + 1).trim() };
  });

/** An option of `add`: the member of the transaction that it fills. */
export interface EntryField {
  readonly member: string;
  readonly value: string;
  readonly help: string;
  readonly read: Read;
}

const field = (member: string, value: string, help: string, read: Read = asIs): EntryField => ({
  member,
  value,
  help,
  read,
});

/** Every option of `add` but the account and the instruments, which are looked up by name. */
export const entryFields: Readonly<Record<string, EntryField>> = {
  date: field('effectiveAt', 'DATE', 'The day.'),
  time: field('time', 'HH:MM', 'The time of day.'),
  quantity: field('quantity', 'N', 'Units; of an opening balance in cash, the amount.'),
  price: field('price', 'N', 'Per unit.'),
  amount: field('amount', 'N', 'In all, before fee and tax.'),
  currency: field(
    'currency',
    'CUR',
    "Its currency; the instrument's or account's if not given.",
    (text) => text.toUpperCase(),
  ),
  fee: field('fee', 'N', 'The fee.'),
  tax: field('tax', 'N', 'The tax.'),
  'fee-currency': field('feeCurrency', 'CUR', 'Currency of the fee, where another.'),
  'tax-currency': field('taxCurrency', 'CUR', 'Currency of the tax, where another.'),
  settlement: field('settlement', 'MONEY', 'What the account was charged: "92.10 EUR".', money),
  accrued: field('accrued', 'N', 'Accrued interest inside the amount.'),
  lots: field(
    'lots',
    'ID:N,…',
    'Which lots are closed, by the transaction that opened each.',
    lots,
  ),
  cost: field('cost', 'N', 'Cost of an opening balance or a delivery.'),
  'opened-on': field('openedOn', 'DATE', 'Since when it has been held.'),
  worth: field('worth', 'N', 'Market value of a transfer.'),
  sold: field('sold', 'MONEY', 'Of a conversion: "100 USD".', money),
  bought: field('bought', 'MONEY', 'Of a conversion: "92 EUR".', money),
  ratio: field('ratio', 'NEW:OLD', 'Of a split or merger: "2:1".', ratio),
  added: field('added', 'N', 'Units that a split added.'),
  'cash-in-lieu': field('cashInLieu', 'MONEY', 'For fractions: "3.20 USD".', money),
  'cost-share': field('costShare', 'N', 'Share of cost that goes to the child: 0.2.'),
  boot: field('boot', 'MONEY', 'Cash of a merger.', money),
  reason: field('reason', 'TEXT', 'Why an adjustment is made.'),
  note: field('note', 'TEXT', 'A remark.'),
};
