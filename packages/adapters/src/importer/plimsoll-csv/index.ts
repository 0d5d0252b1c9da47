import type { CsvTable } from '../../importer-kit/index.ts';
import { defineImporter, readCsv, wholeFileRefused } from '../../importer-kit/index.ts';
import {
  coreFields,
  type NativeField,
  nativeFieldOf,
} from '../../importer-kit/native/native-field.ts';
import { readNativeTable } from '../../importer-kit/native/read-native-table.ts';

/** The native CSV: `date,type,symbol,quantity,price,amount,fee,tax,currency,account,note`. */
export default defineImporter({
  id: 'plimsoll-csv',
  title: 'Plimsoll CSV',
  detect: (file) => likeness(readCsv(file.text.slice(0, 65_536))),
  parse: (file, options) => {
    const table = readCsv(file.text);
    if (!table) return notOurs('', 'The file has no header line.');
    const columns = columnsOf(table);
    if ('refusal' in columns) return columns.refusal;
    return readNativeTable(
      table,
      { columns: columns.known },
      {
        decimal: '.',
        dayFormat: 'ymd',
        ...(options.currency === undefined ? {} : { currency: options.currency }),
      },
    );
  },
});

const needed: readonly NativeField[] = ['date', 'type'];

/** Certain where every column is one of ours, likely where only one is not (a misspelt one). */
function likeness(table: CsvTable | undefined): number {
  const fields = table?.header.map(nativeFieldOf) ?? [];
  if (!needed.every((field) => fields.includes(field))) return 0;
  const core = coreFields.filter((field) => fields.includes(field)).length;
  if (core === coreFields.length) return 1;
  if (fields.every((field) => field !== null)) return core >= 4 ? 0.9 : 0.3;
  const unknown = fields.filter((field) => field === null).length;
  return unknown === 1 && core >= 8 ? 0.6 : 0;
}

type Columns =
  | { readonly known: ReadonlyMap<NativeField, number> }
  | { readonly refusal: ReturnType<typeof notOurs> };

/** The columns by field. One that we do not know is refused unless it is empty throughout. */
function columnsOf(table: CsvTable): Columns {
  const known = new Map<NativeField, number>();
  for (const [at, title] of table.header.entries()) {
    const field = nativeFieldOf(title);
    if (field === null) {
      if (!isFilled(table, at)) continue;
      return {
        refusal: notOurs(title, `"${title.slice(0, 80)}" is not a column of the Plimsoll CSV.`),
      };
    }
    if (known.has(field)) {
      return { refusal: notOurs(title, `Two columns mean ${field}.`) };
    }
    known.set(field, at);
  }
  const missing = needed.filter((field) => !known.has(field));
  if (missing.length === 0) return { known };
  return {
    refusal: notOurs(table.header.join(','), `There is no column ${missing.join(' and no ')}.`),
  };
}

const isFilled = (table: CsvTable, at: number): boolean =>
  table.header[at] !== '' || table.records.some((record) => (record.cells[at] ?? '').trim() !== '');

const notOurs = (value: string, reason: string) =>
  wholeFileRefused({
    value,
    code: 'import.wrong-header',
    reason,
    fix: `The header is ${coreFields.join(',')} and, where needed, other columns that the guide to the native CSV lists. For any other CSV use a column mapping.`,
  });
