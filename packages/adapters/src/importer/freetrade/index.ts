/**
 * Freetrade's activity feed. No public documentation; columns and types are those of exports from
 * 2023 to 2026.
 */
import { ok } from '@plimsoll/kernel';
import type { ImportFile, ParsedFile } from '@plimsoll/ports';
import {
  defineImporter,
  headerMissing,
  headHasHeader,
  type Outcome,
  type Read,
  Reading,
  type Row,
  readCsv,
  rowsOf,
} from '../../importer-kit/index.ts';
import { transactionOf } from './transaction.ts';

const titles = [
  'Title',
  'Type',
  'Timestamp',
  'Account Currency',
  'Total Amount',
  'Buy / Sell',
  'ISIN',
];
const shape = { delimiter: ',', headerHas: titles } as const;

const uniqueOrders = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(
    [...Map.groupBy(rows, (row) => row.text('Order ID'))]
      .filter(([order, of]) => order !== '' && of.length === 1)
      .map(([order]) => order),
  );

function outcomeOf(row: Row, orders: ReadonlySet<string>): Read<Outcome> {
  const read = transactionOf(row);
  if (!read.ok) return read;
  const transaction = read.value;
  if (transaction === undefined) return ok({ ignored: 'A document, not a transaction.' });
  const order = row.text('Order ID');
  const externalId = orders.has(order) ? { externalId: order } : {};
  return ok({ row: { line: row.line, ...externalId, transaction } });
}

function parse(file: ImportFile): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  const orders = uniqueOrders(rows);
  for (const row of rows) reading.settle([row.line], outcomeOf(row, orders));
  return reading.finish({}, 'newest-first');
}

export default defineImporter({
  id: 'freetrade',
  title: 'Freetrade activity (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});
