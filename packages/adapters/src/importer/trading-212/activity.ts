import type { Currency } from '@plimsoll/domain';
import { type Decimal, ok, type Price } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import {
  all,
  inPounds,
  priceInPounds,
  quotedIn,
  type Read,
  type Row,
  type When,
  wholeCurrency,
} from '../../importer-kit/index.ts';

/** An amount and what it is counted in; pence are pounds here. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** A row's fields, read but for what only some kinds of row have. */
export interface Activity {
  readonly row: Row;
  /** Money columns by name: older exports write `Total (EUR)`, newer ones `Total` and `Currency (Total)`. */
  readonly titled: ReadonlyMap<string, Currency>;
  readonly action: string;
  readonly when: When;
}

const titleWithCurrency = /^(.+) \(([A-Z]{3})\)$/;

/** `Total` → `EUR` for each column that carries its currency in its title. */
export function titledCurrencies(header: readonly string[]): ReadonlyMap<string, Currency> {
  const titled = new Map<string, Currency>();
  for (const title of header) {
    const match = titleWithCurrency.exec(title);
    if (match?.[1] && match[2] && match[2] !== 'UTC') titled.set(match[1], match[2]);
  }
  return titled;
}

/** The column that holds a money field. */
function columnOf(activity: Pick<Activity, 'titled'>, name: string): string {
  const currency = activity.titled.get(name);
  return currency === undefined ? name : `${name} (${currency})`;
}

/** The money of a field; undefined where its cell is empty. */
export function optionalMoney(activity: Activity, name: string): Read<Money | undefined> {
  const { row, titled } = activity;
  const column = columnOf(activity, name);
  if (!row.has(column)) return ok(undefined);
  const titledCurrency = titled.get(name);
  const read = all({
    amount: row.decimal(column),
    currency: titledCurrency ? ok(titledCurrency) : row.currency(`Currency (${name})`),
  });
  if (!read.ok) return read;
  const { amount, currency } = read.value;
  return ok({ amount: inPounds(amount, currency), currency: wholeCurrency(currency) });
}

/** The money of a field that must be there. */
export function money(activity: Activity, name: string): Read<Money> {
  const read = optionalMoney(activity, name);
  if (!read.ok) return read;
  if (read.value) return ok(read.value);
  const missing = activity.row.required(columnOf(activity, name));
  return missing.ok ? activity.row.unknown('Action') : missing;
}

/** What the row traded or paid for, priced in the unit. */
export const instrumentOf = (row: Row, unit?: string): InstrumentHint => ({
  ...(row.has('ISIN') ? { isin: row.text('ISIN') } : {}),
  ...(row.has('Ticker') ? { symbol: row.text('Ticker') } : {}),
  ...(row.has('Name') ? { name: row.text('Name') } : {}),
  ...(unit === undefined ? {} : quotedIn(unit)),
});

/** Units and the price of each. */
export interface Units {
  readonly quantity: Decimal;
  readonly price: Price;
  readonly currency: Currency;
  /** What the price was written in: `GBX` where the currency is pounds. */
  readonly unit: string;
}

export function unitsOf(row: Row): Read<Units> {
  const read = all({
    quantity: row.positive('No. of shares'),
    price: row.price('Price / share'),
    currency: row.currency('Currency (Price / share)'),
    named: row.has('ISIN') ? row.required('ISIN') : row.required('Ticker'),
  });
  if (!read.ok) return read;
  const { quantity, price, currency } = read.value;
  return ok({
    quantity,
    price: priceInPounds(price, currency),
    currency: wholeCurrency(currency),
    unit: currency,
  });
}

/** Fees of a trade. */
const feeNames = [
  'Currency conversion fee',
  'Finra fee',
  'FINRA fee',
  'SEC fee',
  'Transaction fee',
  'UK PTM Levy',
  'PTM levy',
  'PTM Levy',
  'ADR fee',
];

/** Taxes of a trade. */
const taxNames = [
  'Stamp duty reserve tax',
  'Stamp duty',
  'French transaction tax',
  'Italian transaction tax',
  'Spanish transaction tax',
];

const otherMoney = [
  'Result',
  'Total',
  'Withholding tax',
  'Charge amount',
  'Deposit fee',
  'Price / share',
  'Currency conversion from amount',
  'Currency conversion to amount',
  'Gross Total',
];

const known = new Set([...feeNames, ...taxNames, ...otherMoney]);

/** A money column that is not known may be a charge, so a row that fills it cannot be taken. */
export function unknownCharge(row: Row, header: readonly string[]): string | undefined {
  for (const title of header) {
    const name = /^Currency \((.+)\)$/.exec(title)?.[1] ?? titleWithCurrency.exec(title)?.[1];
    if (name === undefined || known.has(name) || name === 'Time' || name === 'Currency') continue;
    const column = header.includes(name) ? name : title;
    if (!/^[-0.,]*$/.test(row.text(column))) return column;
  }
  return undefined;
}

/** The sum of several fields; undefined currency where all are empty. */
function sumOf(activity: Activity, names: readonly string[]): Read<Money | undefined> {
  let sum: Money | undefined;
  for (const name of names) {
    const read = optionalMoney(activity, name);
    if (!read.ok) return read;
    if (!read.value || read.value.amount === 0n) continue;
    if (sum && sum.currency !== read.value.currency) {
      return activity.row.refuseCell(columnOf(activity, name), {
        code: 'import.charges-unclear',
        reason: `The row has charges in ${sum.currency} and in ${read.value.currency}.`,
        fix: 'Record this row by hand.',
      });
    }
    sum = { amount: (sum?.amount ?? 0n) + read.value.amount, currency: read.value.currency };
  }
  return ok(sum);
}

/** Fees and taxes of a trade, each in one currency. */
export const chargesOf = (activity: Activity) =>
  all({ fee: sumOf(activity, feeNames), tax: sumOf(activity, taxNames) });
