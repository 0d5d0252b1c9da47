/**
 * Charles Schwab's transaction history. No public documentation of the columns; actions are those
 * of exports from 2021 to 2026 and of accounts moved over from TD Ameritrade.
 */
import type { ImportFile, ParsedFile } from '@plimsoll/ports';
import {
  defineImporter,
  headerMissing,
  headHasHeader,
  readCsv,
  rowsOf,
} from '../../importer-kit/index.ts';
import { interpret } from './interpret.ts';

const titles = [
  'Date',
  'Action',
  'Symbol',
  'Description',
  'Quantity',
  'Price',
  'Fees & Comm',
  'Amount',
];
const shape = { delimiter: ',', headerHas: titles } as const;

function parse(file: ImportFile): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'mdy' });
  return interpret(rows, refused);
}

export default defineImporter({
  id: 'charles-schwab',
  title: 'Charles Schwab transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});
