import type { ColumnMapping, ParsedFile } from '@plimsoll/ports';
import {
  type CsvTable,
  defineImporter,
  headHasHeader,
  readCsv,
  wholeFileRefused,
} from '../../importer-kit/index.ts';
import {
  coreFields,
  type NativeField,
  nativeFieldOf,
} from '../../importer-kit/native/native-field.ts';
import { readNativeTable } from '../../importer-kit/native/read-native-table.ts';
import { suggestMapping } from './suggest-mapping.ts';

/** Any CSV, read as the native one through a mapping of its columns. */
export default defineImporter({
  id: 'mapped-csv',
  title: 'Any CSV, with a column mapping',
  detect: (file) => {
    const table = readCsv(file.text.slice(0, 65_536));
    return table && table.header.length > 1 && table.records.length > 0 ? 0.05 : 0;
  },
  parse: (file, { mapping, currency }) => {
    if (!mapping) return mappingMissing(file.text);
    const layout = layoutOf(mapping);
    if ('refusal' in layout) return layout.refusal;
    const shape = {
      headerHas: [...layout.titles.values()],
      ...(mapping.delimiter === undefined ? {} : { delimiter: mapping.delimiter }),
    };
    const table = readCsv(file.text, shape);
    if (!table) return columnsMissing(file.text, mapping);
    return readNativeTable(
      table,
      {
        columns: indexes(table, layout.titles),
        constants: layout.constants,
        types: new Map(
          Object.entries(mapping.types).map(([word, type]) => [word.trim().toLowerCase(), type]),
        ),
      },
      {
        decimal: mapping.decimal,
        dayFormat: mapping.dateFormat === 'iso' ? 'ymd' : mapping.dateFormat,
        ...(currency === undefined ? {} : { currency }),
      },
    );
  },
  suggest: (file) => {
    const table = readCsv(file.text.slice(0, 65_536));
    if (!table) return null;
    return suggestMapping(
      table.header,
      table.records.slice(0, 200).map((record) => record.cells),
      table.delimiter,
    );
  },
});

type Layout =
  | {
      readonly titles: ReadonlyMap<NativeField, string>;
      readonly constants: ReadonlyMap<NativeField, string>;
    }
  | { readonly refusal: ParsedFile };

/** The mapping by field; refused where it names a field that there is not. */
function layoutOf(mapping: ColumnMapping): Layout {
  const titles = byField(mapping.columns);
  const constants = byField(mapping.constants ?? {});
  if (typeof titles === 'string') return { refusal: fieldUnknown(titles) };
  if (typeof constants === 'string') return { refusal: fieldUnknown(constants) };
  const missing = (['date', 'type'] as const).find(
    (field) => !titles.has(field) && !constants.has(field),
  );
  if (missing === undefined) return { titles, constants };
  return {
    refusal: wholeFileRefused({
      value: mapping.name,
      code: 'import.incomplete-mapping',
      reason: `The mapping "${mapping.name}" does not say which column is the ${missing}.`,
      fix: `Map a column to ${missing}, or give the same ${missing} to all rows.`,
    }),
  };
}

/** The record by native field, or the first key that is no field. */
function byField(
  record: Readonly<Record<string, string>>,
): ReadonlyMap<NativeField, string> | string {
  const known = new Map<NativeField, string>();
  for (const [key, value] of Object.entries(record)) {
    const field = nativeFieldOf(key);
    if (field === null) return key;
    if (value.trim() !== '') known.set(field, value.trim());
  }
  return known;
}

const indexes = (
  table: CsvTable,
  titles: ReadonlyMap<NativeField, string>,
): ReadonlyMap<NativeField, number> =>
  new Map([...titles].map(([field, title]) => [field, table.header.indexOf(title)]));

const fieldUnknown = (key: string): ParsedFile =>
  wholeFileRefused({
    value: key,
    code: 'import.unknown-field',
    reason: `The mapping speaks of "${key}", which is no field of the native CSV.`,
    fix: `Use ${coreFields.join(', ')} or another column of the native CSV.`,
  });

function mappingMissing(text: string): ParsedFile {
  const titles = readCsv(text)?.header.filter((title) => title !== '') ?? [];
  if (titles.length === 0 || !/[;,|\t]/.test(text.slice(0, 65_536))) {
    return wholeFileRefused({
      value: titles.join(', '),
      code: 'import.unknown-format',
      reason: 'No known format fits the file, and it is no table with a line of column titles.',
      fix: 'Export the transactions again as CSV (or OFX, QIF, XML or JSON where the broker offers it), with the line of titles, and give that file unchanged.',
    });
  }
  return wholeFileRefused({
    value: titles.join(', '),
    code: 'import.no-mapping',
    reason: `No known format fits, and no mapping says what its columns mean: ${titles.join(', ').slice(0, 400)}.`,
    fix: titles.some((title) => /^(adj[ _.]?)?close$/i.test(title.trim()))
      ? 'If the file holds prices, import it as prices. Else choose which column is the date, type, symbol, quantity, price, amount, fee, tax and currency, and save the mapping under a name.'
      : 'Choose which column is the date, type, symbol, quantity, price, amount, fee, tax and currency (on the import page, or with --mapping), and save the mapping under a name.',
  });
}

function columnsMissing(text: string, mapping: ColumnMapping): ParsedFile {
  const delimiter = mapping.delimiter === undefined ? {} : { delimiter: mapping.delimiter };
  const missing = Object.values(mapping.columns)
    .map((title) => title.trim())
    .filter((title) => title !== '' && !headHasHeader(text, { ...delimiter, headerHas: [title] }));
  return wholeFileRefused({
    value: readCsv(text, delimiter)?.header.join(', ') ?? '',
    code: 'import.no-header',
    reason: `The file has no line with all columns of the mapping "${mapping.name}"; missing: ${missing.join(', ') || 'none, but they stand in different lines'}.`,
    fix: 'Choose the columns again for this file, or choose another mapping.',
  });
}
