import type { Currency } from '@plimsoll/domain';
import { ok } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import { type CsvTable, type Read, Reading, type Row, rowsOf } from '../../importer-kit/index.ts';
import { readActivity } from './read-activity.ts';
import { readSplit, splitType } from './read-split.ts';

/** Reads a whole sheet. */
export function readEtoro(table: CsvTable, currency: Currency): ParsedFile {
  const { rows, refused } = rowsInTheirStyle(table);
  const reading = new Reading(refused);
  for (const row of rows.filter((one) => one.text('Type') !== splitType)) {
    reading.settle([row.line], readActivity(row, currency));
  }
  for (const lines of sameSplits(rows)) settleSplit(reading, lines);
  return reading.finish({ currency });
}

/** Amounts always have two decimals, so the mark before them tells which row was written how. */
const commaDecimal = /,\d{2}\s*\)?\s*$/;

/** Statements change their number style with the language of the day they were made on. */
function rowsInTheirStyle(table: CsvTable) {
  const withPoint = rowsOf(table, { decimal: '.', days: 'dmy' });
  const withComma = rowsOf(table, { decimal: ',', days: 'dmy' });
  const rows = withPoint.rows.map((row, at) =>
    commaDecimal.test(row.text('Amount')) ? (withComma.rows[at] ?? row) : row,
  );
  return { rows, refused: withPoint.refused };
}

/** A split is listed once for every open position of the instrument. */
function sameSplits(rows: readonly Row[]): Iterable<readonly Row[]> {
  const splits = rows.filter((row) => row.text('Type') === splitType);
  return Map.groupBy(splits, (row) =>
    JSON.stringify([row.text('Date').slice(0, 10), row.text('Details')]),
  ).values();
}

function settleSplit(reading: Reading, rows: readonly Row[]): void {
  const lines = rows.map((row) => row.line);
  const [first] = rows;
  if (!first) return;
  const split = readSplit(first);
  const outcome: Read<{ row: Parameters<Reading['take']>[0] }> = split.ok
    ? ok({
        row: { line: first.line, ...(lines.length > 1 ? { lines } : {}), transaction: split.value },
      })
    : split;
  reading.settle(lines, outcome);
}
