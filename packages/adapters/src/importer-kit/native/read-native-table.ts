import type { ImportedRow, ParsedFile } from '@plimsoll/ports';
import type { CsvTable } from '../read-csv.ts';
import { Reading } from '../reading.ts';
import { type Row, refusedRow, rowsOf } from '../row.ts';
import type { NativeField } from './native-field.ts';
import type { NativeCells, NativeDialect } from './native-row.ts';
import { readNativeRow } from './read-native-row.ts';

/** Which columns of a table mean which fields. */
export interface NativeLayout {
  /** Field → index of its column. */
  readonly columns: ReadonlyMap<NativeField, number>;
  /** What fields say in every row where the table has no column for them. */
  readonly constants?: ReadonlyMap<NativeField, string>;
  /** The file's word for a type, in lower case → ours. */
  readonly types?: ReadonlyMap<string, string>;
}

/** Reads a whole table of native rows, each line taken or refused. */
export function readNativeTable(
  table: CsvTable,
  layout: NativeLayout,
  dialect: NativeDialect,
): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: dialect.decimal, days: dialect.dayFormat });
  const reading = new Reading(refused);
  const lineOfId = new Map<string, number>();
  for (const row of rows) {
    const read = readNativeRow(cellsOf(row, table, layout), dialect);
    if (!read.ok) {
      reading.refuse(read.fault);
      continue;
    }
    const earlier = earlierLine(lineOfId, read.value);
    if (earlier === undefined) reading.take(read.value);
    else reading.refuse(sameId(read.value, earlier));
  }
  return reading.finish(dialect.currency === undefined ? {} : { currency: dialect.currency });
}

function cellsOf(row: Row, table: CsvTable, layout: NativeLayout): NativeCells {
  const raw = (field: NativeField): string => {
    const at = layout.columns.get(field);
    const cell = at === undefined ? '' : (row.cells[at] ?? '');
    return cell === '' ? (layout.constants?.get(field) ?? '') : cell;
  };
  return {
    line: row.line,
    cell: (field) => {
      const text = raw(field);
      return field === 'type' ? (layout.types?.get(text.trim().toLowerCase()) ?? text) : text;
    },
    title: (field) => table.header[layout.columns.get(field) ?? -1] ?? field,
  };
}

/** The line that already used the row's id in the row's account; notes the row's own otherwise. */
function earlierLine(lineOfId: Map<string, number>, row: ImportedRow): number | undefined {
  if (row.externalId === undefined) return undefined;
  const key = JSON.stringify([row.account ?? '', row.externalId]);
  const earlier = lineOfId.get(key);
  if (earlier === undefined) lineOfId.set(key, row.line);
  return earlier;
}

const sameId = (row: ImportedRow, earlier: number) =>
  refusedRow(row.line, {
    column: 'id',
    value: row.externalId ?? '',
    code: 'import.same-id',
    reason: `The id was already used on line ${earlier}, and one id means one transaction.`,
    fix: 'Leave the id empty if both happened, or remove one of the rows.',
  });
