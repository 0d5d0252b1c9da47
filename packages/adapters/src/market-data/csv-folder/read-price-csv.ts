import { dayFromNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import type {
  MarketDataFault,
  PriceFileSeries,
  ProviderAction,
  RejectedBar,
} from '@plimsoll/ports';
import {
  type CsvRecord,
  type DayFormat,
  type Delimiter,
  guessDelimiter,
  readRecords,
} from '../../importer-kit/index.ts';
import {
  type BarDraft,
  buildHistory,
  intradayRow,
  rejectedBar,
} from '../../market-data-kit/build-history.ts';
import { dayStyle, readDayCell } from '../../market-data-kit/day-style.ts';
import {
  type DecimalSign,
  decimalSign,
  readCell,
  readVolume,
} from '../../market-data-kit/number-style.ts';
import { unreadable } from '../../market-data-kit/refusals.ts';
import { symbolOfFile } from '../../market-data-kit/symbol-of-file.ts';
import { type PriceColumns, type PriceField, priceColumns } from './price-columns.ts';
import { splitNotes } from './split-notes.ts';

/** Lines that may stand above the header. */
const longestPreamble = 20;

/** How one file is written, found out from all of it. */
interface Sheet {
  readonly columns: PriceColumns;
  readonly width: number;
  readonly records: readonly CsvRecord[];
  readonly days: DayFormat;
  readonly decimal: DecimalSign;
}

/** What is gathered of one instrument before it becomes its history. */
interface Gathered {
  readonly drafts: BarDraft[];
  readonly rejected: RejectedBar[];
  readonly actions: ProviderAction[];
  readonly currencies: Set<string>;
}

/**
 * Reads a CSV file of daily prices: one instrument named by the file, or several named by a column
 * `symbol`. Rows that cannot be taken are in `rejected` with their line; a file that cannot be read
 * as prices at all is refused by name. Symbols come in the order of the file.
 */
export function readPriceCsv(
  text: string,
  name: string,
): Result<readonly PriceFileSeries[], MarketDataFault> {
  const sheet = readSheet(text);
  if (!sheet.ok) return unreadable(name, sheet.fault.detail);
  const bySymbol = new Map<string, Gathered>();
  for (const record of sheet.value.records) {
    const symbol = symbolOf(record, sheet.value.columns) || symbolOfFile(name);
    const gathered = bySymbol.get(symbol) ?? emptyGathered();
    bySymbol.set(symbol, gathered);
    readRow(record, sheet.value, gathered);
  }
  const series: PriceFileSeries[] = [];
  for (const [symbol, gathered] of bySymbol) {
    const intraday = intradayRow(gathered.drafts);
    if (intraday) return unreadable(name, intradayDetail(symbol, intraday));
    if (gathered.currencies.size > 1) return unreadable(name, currencyDetail(symbol, gathered));
    const named = sheet.value.columns.symbol === undefined ? { namedByFile: true } : {};
    series.push({ ...toSeries(symbol, gathered), ...named });
  }
  return ok(series);
}

/** Whether the head of a file has the header of a price file. */
export const isPriceCsv = (head: string): boolean => delimiterOf(head) !== undefined;

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter with which the head has a header; what stands above the header may mislead a guess. */
function delimiterOf(text: string): Delimiter | undefined {
  const head = text.slice(0, 65_536);
  const guess = guessDelimiter(head);
  return [guess, ...delimiters].find(
    (delimiter) => findHeader(readRecords(head, delimiter)) !== undefined,
  );
}

function readSheet(text: string): Result<Sheet> {
  const delimiter = delimiterOf(text) ?? guessDelimiter(text);
  const all = readRecords(text, delimiter);
  const found = findHeader(all);
  if (!found) return noHeader(all[0]);
  const { columns, at, width } = found;
  const records = all.slice(at + 1);
  if (records.length === 0) {
    return refuse({ code: 'prices.empty', detail: 'has a header but no rows.' });
  }
  const days = dayStyle(cellsOf(records, [columns.date]));
  if (!days.ok) return days;
  const decimal = decimalSign(cellsOf(records, numberColumns(columns)));
  if (!decimal.ok) return decimal;
  return ok({ columns, width, records, days: days.value, decimal: decimal.value });
}

/** What the first line lacks; a preamble is not worth a word of its own. */
function noHeader(first: CsvRecord | undefined): Result<never> {
  const columns = first && priceColumns(first.cells);
  if (columns && !columns.ok) return columns;
  return refuse({ code: 'prices.empty', detail: 'is empty.' });
}

interface FoundHeader {
  readonly columns: PriceColumns;
  readonly at: number;
  readonly width: number;
}

function findHeader(records: readonly CsvRecord[]): FoundHeader | undefined {
  for (const [at, record] of records.slice(0, longestPreamble).entries()) {
    const columns = priceColumns(record.cells);
    if (columns.ok) return { columns: columns.value, at, width: record.cells.length };
  }
  return undefined;
}

const numberFields = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;

const numberColumns = (columns: PriceColumns): number[] =>
  [...numberFields, 'dividend' as const].flatMap((field) => columns[field] ?? []);

function* cellsOf(records: readonly CsvRecord[], columns: readonly number[]): Generator<string> {
  for (const { cells } of records) {
    for (const column of columns) yield cells[column] ?? '';
  }
}

const emptyGathered = (): Gathered => ({
  drafts: [],
  rejected: [],
  actions: [],
  currencies: new Set(),
});

const cellOf = (record: CsvRecord, columns: PriceColumns, field: PriceField): string =>
  record.cells[columns[field] ?? -1] ?? '';

const symbolOf = (record: CsvRecord, columns: PriceColumns): string =>
  cellOf(record, columns, 'symbol').trim();

function readRow(record: CsvRecord, sheet: Sheet, gathered: Gathered): void {
  const draft = readDraft(record, sheet);
  if (!draft.ok) {
    const day = cellOf(record, sheet.columns, 'date').trim().slice(0, 40);
    gathered.rejected.push(rejectedBar(record, day, draft.fault.detail));
    return;
  }
  gathered.drafts.push(draft.value);
  const currency = cellOf(record, sheet.columns, 'currency').trim();
  if (currency !== '') gathered.currencies.add(currency);
  readActions(record, sheet, dayFromNumber(draft.value.day), gathered);
}

function readDraft(record: CsvRecord, sheet: Sheet): Result<BarDraft> {
  const shape = shapeFault(record, sheet);
  if (shape !== undefined) return refuse({ code: 'prices.row-shape', detail: shape });
  const day = readDayCell(cellOf(record, sheet.columns, 'date'), sheet.days);
  if (!day.ok) return day;
  const numbers = readNumbers(record, sheet);
  if (!numbers.ok) return numbers;
  const time = day.value.time || cellOf(record, sheet.columns, 'time').trim();
  const { line, cells } = record;
  return ok({ ...numbers.value, day: day.value.day, time, line, cells });
}

function shapeFault(record: CsvRecord, { columns, width }: Sheet): string | undefined {
  if (record.unclosed) return 'A quotation mark is opened here and never closed.';
  if (record.cells.slice(width).some((cell) => cell.trim() !== '')) {
    return `The row has ${record.cells.length} cells where the header has ${width}.`;
  }
  if (columns.symbol !== undefined && symbolOf(record, columns) === '') {
    return 'The row has no symbol.';
  }
  return undefined;
}

type Numbers = Pick<BarDraft, (typeof numberFields)[number]>;

function readNumbers(record: CsvRecord, sheet: Sheet): Result<Numbers> {
  const values: Partial<Record<(typeof numberFields)[number], number>> = {};
  for (const field of numberFields) {
    const read = field === 'volume' ? readVolume : readCell;
    const value = read(cellOf(record, sheet.columns, field), sheet.decimal);
    if (!value.ok) return value;
    values[field] = value.value;
  }
  return ok(values as Numbers);
}

/** Dividends and splits that stand beside the prices; 0, and a split of 1, mean none. */
function readActions(record: CsvRecord, sheet: Sheet, day: string, gathered: Gathered): void {
  const dividend = readCell(cellOf(record, sheet.columns, 'dividend'), sheet.decimal);
  if (dividend.ok && dividend.value > 0) {
    const currency = cellOf(record, sheet.columns, 'currency').trim();
    const paidIn = currency === '' ? {} : { currency };
    gathered.actions.push({ day, kind: 'dividend', value: dividend.value, ...paidIn });
  }
  const split = readCell(cellOf(record, sheet.columns, 'split'), sheet.decimal);
  if (split.ok && split.value > 0 && split.value !== 1) {
    gathered.actions.push({ day, kind: 'split', value: split.value });
  }
}

function toSeries(symbol: string, gathered: Gathered): PriceFileSeries {
  const built = buildHistory(gathered.drafts);
  const rejected = [...gathered.rejected, ...built.rejected];
  rejected.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const actions = gathered.actions
    .filter((action, i, all) => all.findIndex((other) => sameAction(other, action)) === i)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const [currency = null] = gathered.currencies;
  const notes = splitNotes(built.bars, actions);
  return { symbol, history: { bars: built.bars, actions, currency, rejected, notes } };
}

const sameAction = (a: ProviderAction, b: ProviderAction): boolean =>
  a.day === b.day && a.kind === b.kind && a.value === b.value;

const intradayDetail = (symbol: string, { line, day }: BarDraft): string =>
  `has several times of day for ${symbol} on ${dayFromNumber(day)} (line ${line}). Only daily prices are read; export one row a day.`;

const currencyDetail = (symbol: string, { currencies }: Gathered): string =>
  `gives ${symbol} in ${[...currencies].join(' and ')}. Use one symbol per currency.`;
