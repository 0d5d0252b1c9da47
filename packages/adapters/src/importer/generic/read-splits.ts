import { ok } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  type Outcome,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';
import { instrumentOf } from './instrument-of.ts';

/** Reads the file of splits: units before and after. */
export function readSplits(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  for (const row of rows) reading.settle([row.line], readSplit(row));
  return reading.finish();
}

function readSplit(row: Row): Read<Outcome> {
  const read = all({
    when: row.when('Date'),
    instrument: instrumentOf(row),
    old: row.positive('StockSplitFrom'),
    added: row.positive('StockSplitTo'),
  });
  if (!read.ok) return read;
  const { when, instrument, old, added } = read.value;
  const ratio = { new: added, old };
  return ok({
    row: { line: row.line, transaction: { ...whenFields(when), type: 'split', instrument, ratio } },
  });
}
