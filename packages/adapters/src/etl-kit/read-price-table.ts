import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { EtlInstrument, EtlPrices, ProviderAction } from '@plimsoll/ports';
import {
  type DecimalSign,
  decimalSign,
  readCell,
  readVolume,
} from '../market-data-kit/number-style.ts';
import { symbolOfFile } from '../market-data-kit/symbol-of-file.ts';
import type { BarMeaning } from './column-meaning.ts';
import {
  type Column,
  cellAt,
  columnFor,
  type FoundTable,
  fieldColumns,
  has,
  isOfBars,
  isTransposed,
} from './find-table.ts';
import type { RawRow } from './raw-table.ts';
import { type DayReader, dayReader, type ReadDay } from './read-day-cells.ts';
import {
  currencyIn,
  instrumentIn,
  isNamed,
  noteSource,
  type ReadingState,
  refuseRow,
  refuseTable,
} from './reading-state.ts';

const fields = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;
type Field = (typeof fields)[number];

const fieldOf: Readonly<Record<BarMeaning, Field>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  'adjusted-close': 'adjustedClose',
  volume: 'volume',
};

/** Bars of one instrument as they are gathered, column by column. */
class Series {
  readonly instrument: EtlInstrument;
  readonly days: number[] = [];
  readonly lines: number[] = [];
  readonly figures: Record<Field, number[]> = {
    open: [],
    high: [],
    low: [],
    close: [],
    adjustedClose: [],
    volume: [],
  };
  readonly actions: ProviderAction[] = [];
  readonly currencies = new Set<string>();
  /** The time of day of each day's first row; a second time makes it intraday. */
  readonly #times = new Map<DayNumber, string>();
  intraday: { readonly line: number; readonly day: DayNumber } | undefined;

  constructor(instrument: EtlInstrument) {
    this.instrument = instrument;
  }

  add({ day, time }: ReadDay, line: number, values: Partial<Record<Field, number>>) {
    const other = this.#times.get(day);
    if (other !== undefined && other !== time) this.intraday ??= { line, day };
    this.#times.set(day, time);
    this.days.push(day);
    this.lines.push(line);
    for (const field of fields) this.figures[field].push(values[field] ?? Number.NaN);
  }

  bars(): EtlPrices['bars'] {
    const column = (field: Field) => Float64Array.from(this.figures[field]);
    return {
      days: Int32Array.from(this.days),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      adjustedClose: column('adjustedClose'),
      volume: column('volume'),
    };
  }
}

const mend = 'Mend the row and bring the file again; the other rows can be taken.';

/** Where in the rows the prices stand. */
interface Sheet {
  readonly table: FoundTable;
  readonly days: DayReader;
  readonly decimal: DecimalSign;
}

/** Prices in any of the layouts: one row a bar, a column a symbol, a row a symbol. */
export function readPriceTable(state: ReadingState, table: FoundTable) {
  if (isTransposed(table)) return readTransposed(state, table);
  const date = columnFor(table, 'date') ?? table.columns[0];
  if (date === undefined) return;
  const days = dayReader(table.rows.map((row) => cellAt(row, date)));
  if (!days.ok) return refuseTable(state, table, `The file ${days.fault.detail}`, mend);
  if (isOfBars(table)) readBars(state, table, days.value, date);
  else readWide(state, table, days.value, date);
}

function decimalOf(state: ReadingState, table: FoundTable, columns: readonly Column[]) {
  const cells = function* (): Generator<string> {
    for (const row of table.rows) for (const { at } of columns) yield row.cells[at] ?? '';
  };
  const sign = decimalSign(cells());
  if (sign.ok) return sign.value;
  refuseTable(state, table, `The file ${sign.fault.detail}`, 'Write numbers in one way.');
  return undefined;
}

const styleNotes = ({ days, decimal }: Pick<Sheet, 'days' | 'decimal'>): string[] => [
  `Days: ${days.style}. Decimal ${decimal === '.' ? 'point' : 'comma'}.`,
];

interface Known {
  readonly column: Column;
  readonly field: Field;
}

function readBars(state: ReadingState, table: FoundTable, days: DayReader, date: Column) {
  const known = (Object.keys(fieldOf) as BarMeaning[]).flatMap((meaning): Known[] => {
    const column = columnFor(table, meaning);
    return column === undefined ? [] : [{ column, field: fieldOf[meaning] }];
  });
  const columns = known.map(({ column }) => column);
  const decimal = decimalOf(state, table, columns);
  if (decimal === undefined) return;
  const sheet = { table, days, decimal };
  const isLong = instrumentColumns.some((name) => has(table, name));
  const all = new Map<string, Series>();
  const ofFile = isLong ? undefined : fileInstrument(table);
  for (const row of table.rows) {
    if (row.cells.filter((cell) => cell.trim() !== '').length < 2) continue;
    const reason = readBar(sheet, { row, date, known, ofFile, all });
    if (reason !== undefined) refuseRow(state, { table, row, fix: mend }, reason);
  }
  noteSource(state, table, { layout: isLong ? 'long' : 'one series', notes: styleNotes(sheet) });
  finish(state, table, all.values());
}

const instrumentColumns = ['symbol', 'isin', 'figi', 'cusip', 'name'] as const;

interface BarRow {
  readonly row: RawRow;
  readonly date: Column;
  readonly known: readonly Known[];
  /** The instrument of all rows, where no column names it. */
  readonly ofFile: EtlInstrument | undefined;
  readonly all: Map<string, Series>;
}

/** Adds a row to its series; gives the reason where it cannot be. */
function readBar(sheet: Sheet, { row, date, known, ofFile, all }: BarRow): string | undefined {
  const { table, days, decimal } = sheet;
  const instrument = ofFile ?? instrumentIn(table, row);
  if (!isNamed(instrument)) return 'The row does not say whose price it is.';
  const day = days.read(cellAt(row, date));
  if (!day.ok) return day.fault.detail;
  const values = numbersIn(row, known, decimal);
  if (!values.ok) return values.fault.detail;
  const { isin, figi, symbol, cusip, name, mic } = instrument;
  const key = [isin, figi, cusip, symbol, mic, isin === undefined ? name : ''].join('\n');
  const series = all.get(key) ?? new Series(instrument);
  all.set(key, series);
  const time = day.value.time || cellAt(row, columnFor(table, 'time'));
  series.add({ day: day.value.day, time }, row.line, values.value);
  const currency = currencyIn(cellAt(row, columnFor(table, 'currency')));
  if (currency !== undefined) series.currencies.add(currency);
  readActions(row, sheet, day.value.day, series);
  return undefined;
}

function numbersIn(row: RawRow, known: readonly Known[], decimal: DecimalSign) {
  const values: Partial<Record<Field, number>> = {};
  for (const { column, field } of known) {
    const read = (field === 'volume' ? readVolume : readCell)(cellAt(row, column), decimal);
    if (!read.ok) return read;
    values[field] = read.value;
  }
  return { ok: true as const, value: values };
}

/** Dividends and splits beside the prices; 0, and a split of 1, mean none. */
function readActions(row: RawRow, { table, decimal }: Sheet, day: DayNumber, series: Series) {
  const dividend = readCell(cellAt(row, columnFor(table, 'dividend')), decimal);
  const on = dayFromNumber(day);
  if (dividend.ok && dividend.value > 0) {
    series.actions.push({ day: on, kind: 'dividend', value: dividend.value });
  }
  const split = readCell(cellAt(row, columnFor(table, 'split')), decimal);
  if (split.ok && split.value > 0 && split.value !== 1) {
    series.actions.push({ day: on, kind: 'split', value: split.value });
  }
}

/** A file or sheet that names no instrument is named for one. */
export function fileInstrument({ file, name }: FoundTable): EtlInstrument {
  const isGeneric = name === '' || /^(?:sheet|tabelle|feuil|hoja|foglio)\s?\d*$/i.test(name);
  const stem = symbolOfFile(file.replace(/\.(?:jsonl?|ndjson|xlsx|zip)(?:\.gz)?$/i, ''));
  const symbol = isGeneric ? stem.replace(ofWhat, '') || stem : name;
  return { symbol, namedByFile: true };
}

/** What of an instrument a file holds, behind its symbol. */
const ofWhat = /[ _-](?:actions|dividends|splits|fundamentals|financials|income|balance)$/i;

function readWide(state: ReadingState, table: FoundTable, days: DayReader, date: Column) {
  const both = fieldColumns(table);
  const others = table.columns.filter(
    ({ at, title, meaning }) =>
      at !== date.at && title !== '' && meaning !== 'ignore' && meaning !== 'date',
  );
  const columns =
    both.length > 1
      ? both
      : others.map((column) => ({ ...column, symbol: column.title, field: 'close' as const }));
  const decimal = decimalOf(state, table, columns);
  if (decimal === undefined) return;
  const sheet = { table, days, decimal };
  const all = new Map<string, Series>();
  for (const { symbol } of columns) all.set(symbol, new Series({ symbol }));
  const perSymbol = Map.groupBy(columns, ({ symbol }) => symbol);
  for (const row of table.rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    const day = days.read(cellAt(row, date));
    if (!day.ok) {
      refuseRow(state, { table, row, fix: mend }, day.fault.detail);
      continue;
    }
    for (const [symbol, own] of perSymbol) {
      addCells(state, sheet, { row, day: day.value, own, series: all.get(symbol) });
    }
  }
  noteSource(state, table, { layout: 'wide', notes: styleNotes(sheet) });
  if (state.options.kind === undefined && areReturns(all.values())) {
    const fix = 'If they are prices all the same, say --kind prices.';
    return refuseTable(
      state,
      table,
      'Its numbers are often below 0, as returns and rates are.',
      fix,
    );
  }
  finish(state, table, all.values());
}

/** Prices are never below 0; a few that are, are mistakes. */
function areReturns(all: Iterable<Series>): boolean {
  let known = 0;
  let below = 0;
  for (const { figures } of all) {
    known += figures.close.length;
    below += figures.close.filter((value) => value < 0).length;
  }
  return below > known / 10;
}

interface WideCells {
  readonly row: RawRow;
  readonly day: ReadDay;
  readonly own: readonly (Column & { readonly field: BarMeaning })[];
  readonly series: Series | undefined;
}

/** One symbol's cells of a row; empty ones are days without a price. */
function addCells(
  state: ReadingState,
  { table, decimal }: Sheet,
  { row, day, own, series }: WideCells,
) {
  const values: Partial<Record<Field, number>> = {};
  for (const column of own) {
    const cell = row.cells[column.at] ?? '';
    const read = (column.field === 'volume' ? readVolume : readCell)(cell, decimal);
    if (!read.ok) {
      refuseRow(state, { table, row, fix: mend }, `${column.title}: ${read.fault.detail}`);
      return;
    }
    values[fieldOf[column.field]] = read.value;
  }
  if (!Number.isNaN(values.close ?? Number.NaN)) series?.add(day, row.line, values);
}

function readTransposed(state: ReadingState, table: FoundTable) {
  const [first, ...dated] = table.columns;
  const days = dayReader(dated.map(({ title }) => title));
  if (!days.ok) return refuseTable(state, table, `The file ${days.fault.detail}`, mend);
  const decimal = decimalOf(state, table, dated);
  if (decimal === undefined) return;
  const read: Dated[] = [];
  for (const column of dated) {
    const day = days.value.read(column.title);
    if (!day.ok) return refuseTable(state, table, day.fault.detail, mend);
    read.push({ column, day: day.value });
  }
  const all: Series[] = [];
  for (const row of table.rows) {
    const symbol = cellAt(row, first);
    if (symbol === '') continue;
    const series = new Series({ symbol });
    const reason = addAcross(series, row, read, decimal);
    if (reason !== undefined) refuseRow(state, { table, row, fix: mend }, reason);
    all.push(series);
  }
  const notes = styleNotes({ days: days.value, decimal });
  noteSource(state, table, { layout: 'transposed', notes });
  finish(state, table, all);
}

interface Dated {
  readonly column: Column;
  readonly day: ReadDay;
}

/** Adds the prices of a row, one a day; gives the first reason why one cannot be. */
function addAcross(
  series: Series,
  row: RawRow,
  dated: readonly Dated[],
  decimal: DecimalSign,
): string | undefined {
  let reason: string | undefined;
  for (const { column, day } of dated) {
    const value = readCell(row.cells[column.at] ?? '', decimal);
    if (!value.ok) reason ??= `${column.title}: ${value.fault.detail}`;
    else if (!Number.isNaN(value.value)) series.add(day, row.line, { close: value.value });
  }
  return reason;
}

function finish(state: ReadingState, table: FoundTable, all: Iterable<Series>) {
  for (const series of all) {
    const { instrument, intraday } = series;
    const label = instrument.symbol ?? instrument.isin ?? instrument.name ?? '';
    if (intraday !== undefined) {
      const when = dayFromNumber(intraday.day);
      const reason = `It has several times of day for ${label} on ${when} (line ${intraday.line}).`;
      refuseTable(state, table, reason, 'Only daily prices are read here; export one row a day.');
      continue;
    }
    if (series.currencies.size > 1) {
      const reason = `It gives ${label} in ${[...series.currencies].join(' and ')}.`;
      refuseTable(state, table, reason, 'Use one symbol per currency.');
      continue;
    }
    if (series.days.length === 0) continue;
    state.prices.push({
      file: table.file,
      instrument,
      currency: [...series.currencies][0] ?? null,
      bars: series.bars(),
      lines: Int32Array.from(series.lines),
      actions: series.actions,
    });
  }
}
