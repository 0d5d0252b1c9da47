/**
 * DEGIRO's account statement. No public documentation; the columns and words are those of exports
 * in Dutch, English, Portuguese, German, French, Spanish and Italian, as seen in 2026.
 */
import type { ImportFile, ParsedFile } from '@plimsoll/ports';
import { defineImporter, headerMissing, markOf, readRecords } from '../../importer-kit/index.ts';
import { interpret } from './interpret.ts';
import { columnsOf, isHeader, readStatement, statementTable } from './statement-row.ts';

function parse(file: ImportFile): ParsedFile {
  const table = statementTable(file.text);
  if (!table) return headerMissing(file.text, ['Date', 'Time', 'Product', 'ISIN', 'Description']);
  const changeAt = table.header.indexOf(columnsOf(table.header).change);
  const mark = markOf(table.records.map((record) => record.cells[changeAt] ?? ''));
  const { rows, refused } = readStatement(table, mark);
  return interpret(rows, refused, mark);
}

function detect(file: ImportFile): number {
  const head = readRecords(file.text.slice(0, 16_384), ',').slice(0, 5);
  return head.some((record) => isHeader(record.cells)) ? 1 : 0;
}

export default defineImporter({
  id: 'degiro',
  title: 'DEGIRO account statement (CSV)',
  detect,
  parse,
});
