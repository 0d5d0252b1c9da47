import type { ColumnMapping } from '@plimsoll/ports';
import { type DayFormat, readDay, readNumber } from '../../importer-kit/index.ts';
import type { NativeField } from '../../importer-kit/native/native-field.ts';
import { nativeTypeOf } from '../../importer-kit/native/native-type.ts';
import { columnWords, typeWords } from './column-words.ts';

/** Lower case, without accents, marks and brackets: `Währung (EUR)` → `wahrung eur`. */
const plain = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Proposes what the columns of a file mean, by their titles in several languages and by what stands
 * in them; null where there is nothing that looks like a date. A proposal for a person to check:
 * words in the type column that nobody knows are left for them to fill in.
 */
export function suggestMapping(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  delimiter?: ColumnMapping['delimiter'],
): ColumnMapping | null {
  const columns = suggestColumns(header);
  const cellsOf = (field: NativeField): readonly string[] => {
    const at = header.indexOf(columns.get(field) ?? '');
    return at < 0 ? [] : rows.map((row) => row[at]?.trim() ?? '').filter((cell) => cell !== '');
  };
  if (!columns.has('date')) return null;
  const types = suggestTypes(cellsOf('type'));
  const currency = columns.has('currency') ? undefined : currencyInTitles(header);
  return {
    name: 'Suggested',
    columns: Object.fromEntries(columns),
    types,
    dateFormat: suggestDateFormat(cellsOf('date')),
    decimal: suggestDecimal([...cellsOf('quantity'), ...cellsOf('price'), ...cellsOf('amount')]),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(currency === undefined ? {} : { constants: { currency } }),
  };
}

/** Each field gets the column whose title stands first in the field's list; each column one field. */
function suggestColumns(header: readonly string[]): Map<NativeField, string> {
  const titles = header.map((title) => ({ title, words: withoutCurrency(plain(title)) }));
  const taken = new Set<string>();
  const columns = new Map<NativeField, string>();
  for (const [field, words] of columnWords) {
    const found = words
      .map((word) => titles.find((one) => one.words === word && !taken.has(one.title)))
      .find((one) => one !== undefined && one.title !== '');
    if (!found) continue;
    taken.add(found.title);
    columns.set(field, found.title);
  }
  return columns;
}

const currencyAtEnd = / (eur|usd|gbp|chf|sek|nok|dkk|pln|czk|jpy|cad|aud)$/;

const withoutCurrency = (words: string): string => words.replace(currencyAtEnd, '');

/** The one currency that titles such as `Betrag (EUR)` name; undefined where none or several do. */
function currencyInTitles(header: readonly string[]): string | undefined {
  const named = new Set(
    header
      .map((title) => currencyAtEnd.exec(plain(title))?.[1])
      .filter((code) => code !== undefined),
  );
  return named.size === 1 ? [...named][0]?.toUpperCase() : undefined;
}

/** The file's words for types that are not ours already; unknown ones are left out. */
function suggestTypes(words: readonly string[]): Record<string, string> {
  const types: Record<string, string> = {};
  for (const word of new Set(words)) {
    const known = typeWords.get(plain(word));
    if (known !== undefined && nativeTypeOf(word) === null) types[word] = known;
  }
  return types;
}

const dayFormats: readonly DayFormat[] = ['ymd', 'dmy', 'mdy'];

/** The order of day, month and year that reads every sample; `dmy` where both would. */
function suggestDateFormat(cells: readonly string[]): ColumnMapping['dateFormat'] {
  const fitting = dayFormats.filter((format) => cells.every((cell) => readDay(cell, format).ok));
  const [first] = fitting;
  if (cells.length === 0 || first === undefined || first === 'ymd') return 'iso';
  return first;
}

/** The mark that reads most samples; where both do equally, the one before two or fewer digits. */
function suggestDecimal(cells: readonly string[]): '.' | ',' {
  const readable = (decimal: '.' | ',') =>
    cells.filter((cell) => readNumber(cell, { decimal }).ok).length;
  const byPoint = readable('.');
  const byComma = readable(',');
  if (byPoint !== byComma) return byPoint > byComma ? '.' : ',';
  const endsIn = (mark: RegExp) => cells.filter((cell) => mark.test(cell)).length;
  return endsIn(/,\d{1,2}\b/) > endsIn(/\.\d{1,2}\b/) ? ',' : '.';
}
