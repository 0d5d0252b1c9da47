import type { EtlKind, EtlMeaning } from '@plimsoll/ports';
import { etlMeanings } from '@plimsoll/ports';
import { type BarMeaning, meaningOf, plainTitle, symbolAndField } from './column-meaning.ts';
import type { RawRow, RawTable } from './raw-table.ts';
import { looksLikeDay } from './read-day-cells.ts';

/** A column: its title, and what it means; of a table of prices also whose price it is. */
export interface Column {
  readonly at: number;
  readonly title: string;
  readonly meaning: EtlMeaning | undefined;
  readonly symbol?: string;
}

/** A table with its header found and its columns understood. */
export interface FoundTable {
  readonly file: string;
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows above the header. */
  readonly preamble: readonly RawRow[];
  readonly rows: readonly RawRow[];
}

/** Rows that may stand above a header. */
const longestPreamble = 40;

const isMeaning = (word: string): word is EtlMeaning =>
  (etlMeanings as readonly string[]).includes(word);

/** Title → meaning as the user says it, in any writing. */
export type Said = ReadonlyMap<string, string>;

export const saidColumns = (columns: Readonly<Record<string, string>> | undefined): Said =>
  new Map(Object.entries(columns ?? {}).map(([title, meaning]) => [plainTitle(title), meaning]));

function columnOf(title: string, at: number, said: Said): Column {
  const wanted = said.get(plainTitle(title));
  const name = title.trim();
  if (wanted !== undefined) {
    return isMeaning(wanted)
      ? { at, title: name, meaning: wanted }
      : { at, title: wanted, meaning: undefined };
  }
  return { at, title: name, meaning: meaningOf(title) };
}

/** Columns of a header; of two that mean the same the first counts, and the other is only a name. */
function columnsOf(header: readonly string[], said: Said): readonly Column[] {
  const seen = new Set<EtlMeaning>();
  // A letter alone is a price only among its like: C is a share as well.
  const letters = new Set(header.map(plainTitle).filter((title) => title.length === 1));
  const areLetters = ['o', 'h', 'l', 'c'].every((letter) => letters.has(letter));
  return header.map((title, at) => {
    const found = columnOf(title, at, said);
    const isLetter = plainTitle(title).length === 1 && !areLetters && !said.has(plainTitle(title));
    const column = isLetter ? { ...found, meaning: undefined } : found;
    const { meaning } = column;
    if (meaning === undefined || meaning === 'ignore') return column;
    if (seen.has(meaning)) return { ...column, meaning: undefined };
    seen.add(meaning);
    return column;
  });
}

const filled = (cells: readonly string[]): number =>
  cells.filter((cell) => cell.trim() !== '').length;

const isNumber = (cell: string): boolean =>
  /^[-+(]?[€$£]?\s?[\d.,'’ ]*\d[\d.,]*\)?\s?%?$/.test(cell.trim());

/** How much a row looks like a header: its known titles, none of its cells being a number. */
function headerWorth(row: RawRow, below: RawRow | undefined, said: Said): number {
  const cells = row.cells;
  const known = columnsOf(cells, said).filter(({ meaning }) => meaning !== undefined).length;
  const inHeader = new Set(columnsOf(cells, said).map(({ title }) => title));
  const mapped = [...said.keys()].filter((title) =>
    [...inHeader].some((one) => plainTitle(one) === title),
  ).length;
  const days = cells.slice(1).filter(looksLikeDay).length;
  if (days > 1 && days === filled(cells.slice(1)) && !looksLikeDay(cells[0] ?? '')) return 2 + days;
  const numbers = cells.filter(isNumber).length;
  const begins = below?.cells[0] ?? '';
  const isDated =
    looksLikeDay(begins) || (meaningOf(cells[0] ?? '') === 'date' && isNumber(begins));
  const isWide = isDated && !looksLikeDay(cells[0] ?? '') && !isNumber(cells[0] ?? '');
  if (numbers > cells.length / 2 && known + mapped < 2 && !isWide) return 0;
  return known * 2 + mapped * 2 + (isWide ? 1 + filled(cells.slice(1)) : 0) - numbers;
}

/** How well rows begin with a table: the worth of the best header. */
export function tableWorth(rows: readonly RawRow[], said: Said): number {
  const head = rows.slice(0, longestPreamble);
  return Math.max(0, ...head.map((row, at) => headerWorth(row, rows[at + 1], said)));
}

/** Finds the header; the first of the best. Undefined where no row is one. */
export function findTable(table: RawTable, said: Said): FoundTable | undefined {
  const rows = yahooPanel(table.rows) ?? table.rows;
  const head = rows.slice(0, longestPreamble);
  let best = -1;
  let worth = 1;
  for (const [at, row] of head.entries()) {
    const found = headerWorth(row, rows[at + 1], said);
    if (found > worth) {
      worth = found;
      best = at;
    }
  }
  const header = rows[best];
  if (header === undefined) return undefined;
  return {
    file: table.file,
    name: table.name,
    columns: columnsOf(header.cells, said),
    preamble: rows.slice(0, best),
    rows: rows.slice(best + 1),
  };
}

/** Three rows of titles, as yfinance writes several symbols: fields, symbols, and `Date` alone. */
function yahooPanel(rows: readonly RawRow[]): readonly RawRow[] | undefined {
  const [fields, symbols, dates, ...rest] = rows;
  if (fields?.cells[0]?.trim() !== 'Price' || symbols?.cells[0]?.trim() !== 'Ticker')
    return undefined;
  if (dates?.cells[0]?.trim() !== 'Date') return undefined;
  const titles = fields.cells.map((field, at) =>
    at === 0 ? 'Date' : `${symbols.cells[at] ?? ''} ${field}`,
  );
  return [{ line: dates.line, cells: titles }, ...rest];
}

export const has = (table: FoundTable, ...meanings: readonly EtlMeaning[]): boolean =>
  meanings.every((meaning) => table.columns.some((column) => column.meaning === meaning));

export const columnFor = (table: FoundTable, meaning: EtlMeaning): Column | undefined =>
  table.columns.find((column) => column.meaning === meaning);

export const cellAt = (row: RawRow, column: Column | undefined): string =>
  column === undefined ? '' : (row.cells[column.at] ?? '').trim();

/** Columns whose titles are neither known nor empty: metrics, or symbols. */
export const namedColumns = (table: FoundTable): readonly Column[] =>
  table.columns.filter(({ meaning, title }) => meaning === undefined && title !== '');

/** Columns of a wide table whose titles say both symbol and field. */
export function fieldColumns(
  table: FoundTable,
): readonly (Column & { readonly symbol: string; readonly field: BarMeaning })[] {
  return namedColumns(table).flatMap((column) => {
    const found = symbolAndField(column.title);
    return found === undefined ? [] : [{ ...column, ...found }];
  });
}

const namesInstrument = (table: FoundTable): boolean =>
  (['symbol', 'isin', 'figi', 'cusip', 'name'] as const).some((meaning) => has(table, meaning));

const metricWords = new Set(
  ['revenue', 'netincome', 'eps', 'ebitda', 'ebit', 'marketcap', 'pe', 'equity', 'sales'].map(
    plainTitle,
  ),
);

const hasMetrics = (table: FoundTable): boolean =>
  has(table, 'published') ||
  namedColumns(table).some(({ title }) => metricWords.has(plainTitle(title)));

const classifies = (table: FoundTable): boolean =>
  (['sector', 'industry', 'country', 'asset-class', 'industry-group'] as const).some((meaning) =>
    has(table, meaning),
  );

/** What tables are of, by their columns; the first that fits. */
const kinds: readonly (readonly [EtlKind, (table: FoundTable) => boolean])[] = [
  ['fundamentals', (table) => has(table, 'metric', 'value')],
  ['constituents', (table) => has(table, 'weight') && namesInstrument(table)],
  ['actions', (table) => has(table, 'kind', 'date') && namesInstrument(table)],
  [
    'actions',
    (table) =>
      has(table, 'date') && !has(table, 'close') && (has(table, 'dividend') || has(table, 'split')),
  ],
  ['fundamentals', (table) => has(table, 'date') && !has(table, 'close') && hasMetrics(table)],
  ['reference', (table) => has(table, 'symbol', 'from') && !has(table, 'close')],
  ['prices', (table) => has(table, 'date') && has(table, 'close')],
  ['reference', (table) => namesInstrument(table) && classifies(table) && !has(table, 'date')],
  ['prices', isPanel],
];

/** What a table is of, by its columns; undefined where they do not say it. */
export const kindOf = (table: FoundTable): EtlKind | undefined =>
  kinds.find(([, fits]) => fits(table))?.[0];

/** Whether days run across, a row an instrument. */
export const isTransposed = ({ columns }: FoundTable): boolean =>
  columns.length > 1 && columns.slice(1).every(({ title }) => looksLikeDay(title));

/** Days down or across, and a number in nearly every other cell. */
function isPanel(table: FoundTable): boolean {
  if (isTransposed(table)) return true;
  const some = table.rows.slice(0, 200);
  const isDated = has(table, 'date') || looksLikeDay(some[0]?.cells[0] ?? '');
  if (!isDated || namedColumns(table).length === 0) return false;
  const cells = some.flatMap((row) => row.cells.slice(1).filter((cell) => cell.trim() !== ''));
  return cells.filter(isNumber).length > cells.length * 0.8;
}

/** Whether each row is a bar, and not a day of many instruments of which one is called like a price. */
export function isOfBars(table: FoundTable): boolean {
  if (!has(table, 'close')) return false;
  const others = (['open', 'high', 'low', 'volume', 'adjusted-close'] as const).some((meaning) =>
    has(table, meaning),
  );
  return others || namesInstrument(table) || namedColumns(table).length < 2;
}
