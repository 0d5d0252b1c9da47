import type { RefusedRow } from '@plimsoll/ports';
import { type CsvRecord, refusedRow } from '../../importer-kit/index.ts';

/** The refusal of a record that cannot be told into cells; undefined for one that can. */
export function unreadableRecord(record: CsvRecord): RefusedRow | undefined {
  if (!record.unclosed) return undefined;
  return refusedRow(record.line, {
    column: null,
    value: record.cells.at(-1) ?? '',
    code: 'import.unclosed-quote',
    reason: `A quotation mark opened on line ${record.line} is never closed, so nothing after it can be read.`,
    fix: 'Download the report again; it was cut off or edited.',
  });
}
