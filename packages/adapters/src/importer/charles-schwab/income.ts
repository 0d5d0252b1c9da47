import type { IncomeType } from '@plimsoll/domain';
import { absolute, type Decimal, daysBetween, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Outcome, type Read } from '../../importer-kit/index.ts';
import {
  currency,
  instrumentOf,
  requiredAmount,
  requiredInstrument,
  type SchwabRow,
} from './schwab-row.ts';

/** Income by action. */
export const incomes: ReadonlyMap<string, IncomeType> = new Map<string, IncomeType>([
  ...[
    'cash dividend',
    'qualified dividend',
    'qual div',
    'non-qualified div',
    'special dividend',
    'special qual div',
    'special non qual div',
    'pr yr cash div',
    'pr yr special div',
    'pr yr qual div',
    'pr yr non-qualified div',
    'pr yr non qual div',
    'dividend',
    'reinvest dividend',
    'qual div reinvest',
    'pr yr div reinvest',
    'special div reinvest',
    'long term cap gain',
    'short term cap gain',
    'pr yr long term cap gain',
    'long term cap gain reinvest',
    'short term cap gain reinvest',
    'substitute payment',
  ].map((action) => [action, 'dividend'] as const),
  ['credit interest', 'interest'],
  ['bank interest', 'interest'],
  ['interest adj', 'interest'],
  ['bond interest', 'coupon'],
  ['cd interest', 'coupon'],
  ['cash in lieu', 'other-income'],
  ['misc cash entry', 'other-income'],
  ['misc credits', 'other-income'],
  ['promotional award', 'other-income'],
  ['bonus', 'other-income'],
]);

export const taxActions: ReadonlySet<string> = new Set([
  'foreign tax paid',
  'nra tax',
  'nra tax adj',
  'nra withholding',
  'nra tax withheld',
  'backup withholding',
  'tax withholding',
]);

/** A payment with the tax that was withheld from it and the units that were bought of it. */
export interface Payment {
  readonly paid: SchwabRow;
  readonly taxes: readonly SchwabRow[];
  readonly units?: SchwabRow;
}

const sum = (rows: readonly SchwabRow[]): Decimal =>
  rows.reduce((total, row) => total + (row.amount ?? 0n), 0n);

const netOf = ({ paid, taxes }: Payment): Decimal => (paid.amount ?? 0n) + sum(taxes);

const linesOf = ({ paid, taxes, units }: Payment): readonly number[] =>
  [paid, ...taxes, ...(units ? [units] : [])].map((row) => row.line).toSorted((a, b) => a - b);

/** Joins withheld tax to the payment of the same symbol and day; answers what is left. */
export function joinTaxes(
  payments: readonly SchwabRow[],
  taxes: readonly SchwabRow[],
): { readonly payments: readonly Payment[]; readonly left: readonly SchwabRow[] } {
  const key = (row: SchwabRow): string => `${row.posted} ${row.symbol}`;
  const joined = new Map<string, { readonly paid: SchwabRow; readonly taxes: SchwabRow[] }>();
  const all: { readonly paid: SchwabRow; readonly taxes: SchwabRow[] }[] = [];
  for (const paid of payments) {
    const payment = { paid, taxes: [] };
    all.push(payment);
    if (paid.symbol !== '' && !joined.has(key(paid))) joined.set(key(paid), payment);
  }
  const left: SchwabRow[] = [];
  for (const tax of taxes) {
    const payment = joined.get(key(tax));
    if (payment) payment.taxes.push(tax);
    else left.push(tax);
  }
  return { payments: all, left };
}

/** Units are bought within these days of the payment that they are bought of. */
const longestWait = 10;

/**
 * Joins the units that were bought of a payment to it: the same symbol and amount, within days.
 * Answers the purchases that no payment in the file explains.
 */
export function joinReinvested(
  payments: readonly Payment[],
  purchases: readonly SchwabRow[],
): { readonly payments: readonly Payment[]; readonly left: readonly SchwabRow[] } {
  const key = (symbol: string, amount: Decimal): string => `${symbol} ${amount}`;
  const waiting = new Map<string, SchwabRow[]>();
  for (const purchase of purchases) {
    const at = key(purchase.symbol, -(purchase.amount ?? 0n));
    const queue = waiting.get(at);
    if (queue) queue.push(purchase);
    else waiting.set(at, [purchase]);
  }
  const taken = new Set<SchwabRow>();
  const joined = payments.map((payment): Payment => {
    const queue = waiting.get(key(payment.paid.symbol, netOf(payment))) ?? [];
    const units = queue.at(0);
    if (!units || payment.paid.symbol === '' || !follows(payment.paid, units)) return payment;
    queue.shift();
    taken.add(units);
    return { ...payment, units };
  });
  return { payments: joined, left: purchases.filter((purchase) => !taken.has(purchase)) };
}

function follows(paid: SchwabRow, units: SchwabRow): boolean {
  const wait = daysBetween(paid.asOf, units.asOf);
  return wait >= 0 && wait <= longestWait && (units.quantity ?? 0n) > 0n;
}

/** Income, with its tax and what was bought of it, as one transaction. */
export function income(payment: Payment, type: IncomeType): Read<Outcome> {
  const { paid, taxes, units } = payment;
  const instrument = instrumentOf(paid);
  const amount = requiredAmount(paid);
  if (!amount.ok) return amount;
  const lines = linesOf(payment);
  const bought = units?.quantity;
  const transaction: ImportedTransaction = {
    type,
    effectiveAt: units?.asOf ?? paid.asOf,
    instrument,
    amount: amount.value,
    currency,
    fee: paid.fee,
    tax: -sum(taxes),
    ...(bought !== undefined && instrument ? { reinvested: { instrument, quantity: bought } } : {}),
    ...(instrument && type !== 'other-income' ? {} : { note: paid.row.text('Description') }),
  };
  return ok({
    row: {
      line: lines[0] ?? paid.line,
      ...(lines.length > 1 ? { lines } : {}),
      transaction,
    },
  });
}

/** What is paid by itself; `Amount` is negative where it is paid. */
export function expense(
  of: SchwabRow,
  type: 'fee' | 'tax' | 'margin-interest',
): Read<ImportedTransaction> {
  const amount = requiredAmount(of);
  if (!amount.ok) return amount;
  const note = of.description;
  return ok({
    type,
    effectiveAt: of.asOf,
    instrument: instrumentOf(of),
    amount: -amount.value,
    currency,
    ...(note === '' ? {} : { note }),
  });
}

/** Money in or out, by its sign. */
export function flow(of: SchwabRow): Read<ImportedTransaction> {
  const amount = requiredAmount(of);
  if (!amount.ok) return amount;
  return ok({
    type: amount.value < 0n ? 'withdrawal' : 'deposit',
    effectiveAt: of.asOf,
    amount: absolute(amount.value),
    currency,
    ...(of.description === '' ? {} : { note: of.description }),
  });
}

/** Cost that is paid back. */
export function returnOfCapital(of: SchwabRow): Read<ImportedTransaction> {
  const read = all({ instrument: requiredInstrument(of), amount: requiredAmount(of) });
  return read.ok
    ? ok({ type: 'return-of-capital', effectiveAt: of.asOf, ...read.value, currency })
    : read;
}
