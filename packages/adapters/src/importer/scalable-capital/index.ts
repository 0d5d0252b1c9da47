/**
 * Scalable Capital's transactions. No public documentation; columns and types are those of exports
 * from 2021 to 2026: English words, German numbers.
 */
import { ok } from '@plimsoll/kernel';
import type { ImportFile, ParsedFile } from '@plimsoll/ports';
import {
  defineImporter,
  headerMissing,
  headHasHeader,
  Reading,
  type Row,
  readCsv,
  rowsOf,
} from '../../importer-kit/index.ts';
import { scalableRow, transactionOf } from './transaction.ts';

const titles = [
  'date',
  'time',
  'status',
  'reference',
  'assetType',
  'type',
  'isin',
  'shares',
  'amount',
];
const shape = { headerHas: titles } as const;

const notExecuted = /^(cancel(l?ed)?|expired|rejected|pending)$/i;

/** References that one row has: those of distributions may repeat. */
const uniqueReferences = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(
    [...Map.groupBy(rows, (row) => row.text('reference'))]
      .filter(([reference, of]) => reference !== '' && of.length === 1)
      .map(([reference]) => reference),
  );

function settle(reading: Reading, row: Row, references: ReadonlySet<string>): void {
  const status = row.text('status');
  if (notExecuted.test(status)) {
    reading.ignore(row.line, `The order was not executed: ${status}.`);
    return;
  }
  if (!/^(executed|settled)$/i.test(status)) {
    reading.settle([row.line], row.unknown('status'));
    return;
  }
  const read = scalableRow(row);
  const transaction = read.ok ? transactionOf(read.value) : read;
  const reference = row.text('reference');
  const externalId = references.has(reference) ? { externalId: reference } : {};
  const outcome = transaction.ok
    ? ok({ row: { line: row.line, ...externalId, transaction: transaction.value } })
    : transaction;
  reading.settle([row.line], outcome);
}

function parse(file: ImportFile): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: ',', days: 'ymd' });
  const reading = new Reading(refused);
  const references = uniqueReferences(rows);
  for (const row of rows) settle(reading, row, references);
  return reading.finish({}, 'newest-first');
}

export default defineImporter({
  id: 'scalable-capital',
  title: 'Scalable Capital transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});
