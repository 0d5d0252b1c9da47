/**
 * XTB's cash operation history as CSV. No public documentation; types and comments are those of
 * exports from 2020 to 2026.
 */
import type { Currency } from '@plimsoll/domain';
import { ok } from '@plimsoll/kernel';
import type { ImportFile, ImportOptions, ParsedFile } from '@plimsoll/ports';
import {
  defineImporter,
  headerMissing,
  headHasHeader,
  type Read,
  Reading,
  type Row,
  readCsv,
  rowsOf,
  wholeFileRefused,
} from '../../importer-kit/index.ts';
import { joinDividends } from './join-dividends.ts';
import { accountCurrency, type Operation, operation } from './operation.ts';
import { dividend, transactionOf } from './transaction.ts';

const titles = ['ID', 'Type', 'Time', 'Symbol', 'Comment', 'Amount'];
const shape = { headerHas: titles } as const;

const isDividend = (of: Operation): boolean => /^(dividend|divident|dywidenda)$/.test(of.type);
const isWithheld = (of: Operation): boolean => of.type === 'withholding tax';
const isTotal = (row: Row): boolean =>
  /^total$/i.test(row.text('Type')) || /^total$/i.test(row.text('ID'));

/** Operations by id: a row that repeats one wholly comes from joining overlapping exports. */
function splitRepeats(operations: readonly Operation[]) {
  const firsts = new Map<string, Operation>();
  const once: Operation[] = [];
  const repeats: { readonly of: Operation; readonly first: Operation }[] = [];
  for (const of of operations) {
    const key = of.row.cells.map((cell) => cell.trim()).join('\u0000');
    const first = of.id === '' ? undefined : firsts.get(key);
    if (first) {
      repeats.push({ of, first });
    } else {
      firsts.set(key, of);
      once.push(of);
    }
  }
  return { once, repeats };
}

/** Ids that only one operation has: a buy and its sale may share one. */
function uniqueIds(operations: readonly Operation[]): ReadonlySet<string> {
  const groups = Map.groupBy(operations, (of) => of.id);
  return new Set([...groups].filter(([id, of]) => id !== '' && of.length === 1).map(([id]) => id));
}

function settle(reading: Reading, operations: readonly Operation[], account: Currency): void {
  const ids = uniqueIds(operations);
  const joined = joinDividends(operations.filter(isDividend), operations.filter(isWithheld));
  const withId = (of: Operation) => (ids.has(of.id) ? { externalId: of.id } : {});
  for (const { paid, taxes } of joined.dividends) {
    const outcome = dividend(paid, taxes, account);
    const named =
      outcome.ok && 'row' in outcome.value
        ? ok({ row: { ...outcome.value.row, ...withId(paid) } })
        : outcome;
    reading.settle(
      [paid, ...taxes].map((of) => of.line),
      named,
    );
  }
  const singles = operations.filter((of) => !isDividend(of) && !isWithheld(of));
  for (const of of [...singles, ...joined.left]) {
    const transaction = transactionOf(of, account);
    if (transaction.ok && of.amount === 0n) reading.ignore(of.line, 'The row moves no cash.');
    else reading.settle([of.line], rowOf(of, transaction, withId(of)));
  }
}

const rowOf = (
  of: Operation,
  transaction: ReturnType<typeof transactionOf>,
  id: { readonly externalId?: string },
) =>
  transaction.ok
    ? ok({ row: { line: of.line, ...id, transaction: transaction.value } })
    : transaction;

const currencyUnknown = (): ParsedFile =>
  wholeFileRefused({
    value: '',
    code: 'import.currency-unknown',
    reason:
      'The file does not say which currency the account is in, and its trades do not show it.',
    fix: "Choose the account's currency for this import.",
  });

function readOperations(reading: Reading, rows: readonly Row[]): readonly Operation[] {
  const operations: Operation[] = [];
  for (const row of rows) {
    const read: Read<Operation> | undefined = isTotal(row) ? undefined : operation(row);
    if (!read) reading.ignore(row.line, 'The total of all rows.');
    else if (read.ok) operations.push(read.value);
    else reading.refuse(read.fault);
  }
  return operations;
}

function parse(file: ImportFile, options: ImportOptions): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'dmy' });
  const reading = new Reading(refused);
  const { once, repeats } = splitRepeats(readOperations(reading, rows));
  const account = options.currency ?? accountCurrency(once);
  if (account === undefined) return once.length > 0 ? currencyUnknown() : reading.finish();
  for (const { of, first } of repeats) {
    reading.ignore(of.line, `The same operation as on line ${first.line}.`);
  }
  settle(reading, once, account);
  return reading.finish({ currency: account }, 'newest-first');
}

export default defineImporter({
  id: 'xtb',
  title: 'XTB cash operations (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 0.95 : 0),
  parse,
});
