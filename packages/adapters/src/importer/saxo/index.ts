/**
 * Saxo's transactions. No public documentation; columns and types are those of exports of 2024 and
 * 2025 in English and Dutch.
 */
import type { Currency } from '@plimsoll/domain';
import { ok } from '@plimsoll/kernel';
import type { ImportFile, ImportOptions, ParsedFile } from '@plimsoll/ports';
import {
  defineImporter,
  headerMissing,
  headHasHeader,
  markOf,
  Reading,
  readCsv,
  rowsOf,
  wholeCurrency,
} from '../../importer-kit/index.ts';
import { type SaxoRow, saxoRow } from './saxo-row.ts';
import { transactionOf } from './transaction.ts';

const titles = [
  'Trade Date',
  'Type',
  'Instrument',
  'Instrument ISIN',
  'Instrument currency',
  'Event',
  'Amount',
  'Conversion Rate',
];
const shape = { headerHas: titles } as const;

/** The one currency in which money moved without a conversion; undefined where there are several. */
function accountCurrency(rows: readonly SaxoRow[]): Currency | undefined {
  const seen = new Set(rows.filter((of) => !of.converted).map((of) => wholeCurrency(of.unit)));
  return seen.size === 1 ? [...seen][0] : undefined;
}

function parse(file: ImportFile, options: ImportOptions): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'dmy' });
  const reading = new Reading(refused);
  const mark = markOf(rows.map((row) => row.text('Amount')));
  const read: SaxoRow[] = [];
  for (const row of rows) {
    const result = saxoRow(row, mark);
    if (result.ok) read.push(result.value);
    else reading.refuse(result.fault);
  }
  const account = options.currency ?? accountCurrency(read);
  for (const of of read) {
    const transaction = transactionOf(of, account);
    const outcome = transaction.ok
      ? ok({ row: { line: of.line, transaction: transaction.value } })
      : transaction;
    reading.settle([of.line], outcome);
  }
  return reading.finish(account === undefined ? {} : { currency: account }, 'newest-first');
}

export default defineImporter({
  id: 'saxo',
  title: 'Saxo transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});
