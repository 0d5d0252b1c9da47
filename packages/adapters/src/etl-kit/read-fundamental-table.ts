import {
  type FundamentalUnit,
  fundamentalUnits,
  metricNamed,
  type PeriodKind,
  periodKinds,
} from '@plimsoll/domain';
import { type Day, dayFromNumber, dayNumber, type Result } from '@plimsoll/kernel';
import type { EtlInstrument } from '@plimsoll/ports';
import { type DecimalSign, decimalSign } from '../market-data-kit/number-style.ts';
import { exactCell } from './exact-cell.ts';
import {
  type Column,
  cellAt,
  columnFor,
  type FoundTable,
  has,
  namedColumns,
} from './find-table.ts';
import type { RawRow } from './raw-table.ts';
import { type DayReader, dayReader } from './read-day-cells.ts';
import { fileInstrument } from './read-price-table.ts';
import {
  currencyIn,
  instrumentIn,
  isNamed,
  noteSource,
  type ReadingState,
  refuseRow,
  refuseTable,
} from './reading-state.ts';

const mend = 'Mend the row and bring the file again; the other rows can be taken.';

/** A period as files write it: `2023`, `FY 2023`, `Q3 2024`, `2024Q3`, `H1 2024`. */
function periodIn(text: string): { readonly end: Day; readonly kind: PeriodKind } | undefined {
  const year = /^(?:FY\s*)?((?:19|20)\d{2})(?:\s*FY)?$/i.exec(text.trim())?.[1];
  if (year !== undefined) return { end: `${year}-12-31`, kind: 'year' };
  const part =
    /^(?:([QH])\s?([1-4])[\s/-]*((?:19|20)\d{2})|((?:19|20)\d{2})[\s/-]?([QH])\s?([1-4]))$/i.exec(
      text.trim(),
    );
  if (!part) return undefined;
  const letter = (part[1] ?? part[5] ?? '').toUpperCase();
  const at = Number(part[2] ?? part[6]);
  const ofYear = part[3] ?? part[4];
  const months = letter === 'Q' ? at * 3 : at * 6;
  if (months > 12) return undefined;
  const ends: Readonly<Record<number, string>> = {
    3: '03-31',
    6: '06-30',
    9: '09-30',
    12: '12-31',
  };
  return { end: `${ofYear}-${ends[months]}`, kind: letter === 'Q' ? 'quarter' : 'half' };
}

const periodWords: readonly (readonly [RegExp, PeriodKind])[] = [
  [/^(?:ttm|ltm|mrt|art|trailing)/i, 'ttm'],
  [/^(?:q|quarter|3m|arq|mrq|\dq)/i, 'quarter'],
  [/^(?:fy|year|annual|12m|ary|mry|a$|y$|jahr)/i, 'year'],
  [/^(?:h\d|half|semi|6m)/i, 'half'],
  [/^(?:m$|month|1m)/i, 'month'],
  [/^(?:instant|point|day|d$|snapshot)/i, 'instant'],
];

const periodKindIn = (text: string): PeriodKind | undefined =>
  periodKinds.find((kind) => kind === text.toLowerCase()) ??
  periodWords.find(([pattern]) => pattern.test(text))?.[1];

const unitIn = (text: string): FundamentalUnit | null | undefined => {
  if (text === '') return null;
  const known = fundamentalUnits.find((unit) => unit === text.toLowerCase());
  if (known !== undefined) return known;
  if (/^(?:pure|ratio|percent|%|x|times)$/i.test(text)) return 'ratio';
  if (/^(?:shares|stück|units)$/i.test(text)) return 'shares';
  if (/(?:per|\/)\s?-?(?:share|shares)$/i.test(text)) return 'money-per-share';
  return currencyIn(text) === undefined ? undefined : 'money';
};

interface Sheet {
  readonly table: FoundTable;
  readonly decimal: DecimalSign;
  readonly ends: DayReader | undefined;
  readonly publishings: DayReader | undefined;
  /** What figures are of whose row does not say it. */
  readonly usual: PeriodKind;
}

/** Reported figures: one row a figure, a column a metric, or a row a metric with a column a period. */
export function readFundamentalTable(state: ReadingState, table: FoundTable) {
  const periods = table.columns.slice(1).map((column) => ({ column, period: periodOf(column) }));
  if (periods.length > 0 && periods.every(({ period }) => period !== undefined)) {
    return readStatement(state, table);
  }
  const values = valueColumns(table);
  const date = columnFor(table, 'date') ?? columnFor(table, 'period');
  if (date === undefined || values.length === 0) {
    const reason = 'The file has no column for the end of the period, or none with figures.';
    const fix =
      'Name them: --map "Title=date" and --map "Title=value", or a metric in place of value.';
    return refuseTable(state, table, reason, fix);
  }
  const sheet = sheetOf(state, table, { values, date });
  if (sheet === undefined) return;
  for (const row of table.rows) readRow(state, sheet, { row, date, values });
  const layout = has(table, 'metric') ? 'long' : 'wide';
  noteSource(state, table, { layout, notes: notesOf(state, sheet) });
}

const periodOf = ({ title }: Column) => {
  const named = periodIn(title);
  if (named !== undefined) return named;
  const read = dayReader([title]);
  const day = /\d{4}/.test(title) && read.ok ? read.value.read(title) : undefined;
  return day?.ok ? { end: dayFromNumber(day.value.day), kind: undefined } : undefined;
};

const valueColumns = (table: FoundTable): readonly Column[] => {
  const value = columnFor(table, 'value');
  if (has(table, 'metric') && value !== undefined) return [value];
  return namedColumns(table).filter(({ at }) =>
    table.rows.some((row) => /\d/.test(row.cells[at] ?? '')),
  );
};

function sheetOf(
  state: ReadingState,
  table: FoundTable,
  { values, date }: { readonly values: readonly Column[]; readonly date: Column },
): Sheet | undefined {
  const cells = table.rows.flatMap((row) => values.map(({ at }) => (row.cells[at] ?? '').trim()));
  const sign = decimalSign(cells);
  if (!sign.ok) {
    refuseTable(state, table, `The file ${sign.fault.detail}`, 'Write numbers in one way.');
    return undefined;
  }
  const dates = table.rows
    .map((row) => cellAt(row, date))
    .filter((cell) => periodIn(cell) === undefined);
  const ends = dates.length > 0 ? dayReader(dates) : undefined;
  const published = columnFor(table, 'published');
  const publishings = published && dayReader(table.rows.map((row) => cellAt(row, published)));
  for (const read of [ends, publishings]) {
    if (read && !read.ok) {
      refuseTable(state, table, `The file ${read.fault.detail}`, mend);
      return undefined;
    }
  }
  const spaced = ends?.ok ? usualPeriod(table, date, ends.value) : undefined;
  return {
    table,
    decimal: sign.value,
    ends: ends?.ok ? ends.value : undefined,
    publishings: publishings?.ok ? publishings.value : undefined,
    usual: state.options.period ?? spaced ?? 'year',
  };
}

/** Ends of periods that are three months apart are of quarters. */
function usualPeriod(table: FoundTable, date: Column, ends: DayReader): PeriodKind | undefined {
  const days = table.rows.flatMap((row) => {
    const read = ends.read(cellAt(row, date));
    return read.ok ? [read.value.day] : [];
  });
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((day, at) => day - (sorted[at] ?? 0));
  const middle = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  if (middle === undefined) return undefined;
  if (middle < 8) return 'instant';
  if (middle < 45) return 'month';
  if (middle < 135) return 'quarter';
  return middle < 270 ? 'half' : 'year';
}

const notesOf = (state: ReadingState, { usual, publishings }: Sheet): string[] => [
  ...(state.options.period === undefined
    ? [`Taken as figures of a ${usual} where no row says it.`]
    : []),
  ...(publishings === undefined
    ? [
        'It does not say when figures were published: they count as known from the day of the import.',
      ]
    : []),
];

interface RowParts {
  readonly row: RawRow;
  readonly date: Column;
  readonly values: readonly Column[];
}

function readRow(state: ReadingState, sheet: Sheet, { row, date, values }: RowParts): void {
  const { table } = sheet;
  if (row.cells.filter((cell) => cell.trim() !== '').length < 2) return;
  const facts = factsIn(sheet, row, date);
  if (typeof facts === 'string') {
    refuseRow(state, { table, row, fix: mend }, facts);
    return;
  }
  for (const column of values) {
    const title = has(table, 'metric') ? cellAt(row, columnFor(table, 'metric')) : column.title;
    addFigure(state, sheet, { row, title, cell: cellAt(row, column), facts });
  }
}

/** What a row says of its figures, or why it cannot be taken. */
function factsIn(sheet: Sheet, row: RawRow, date: Column): FigureParts['facts'] | string {
  const { table, ends, publishings } = sheet;
  const cell = (meaning: Parameters<typeof columnFor>[1]) => cellAt(row, columnFor(table, meaning));
  const end = endOf(cellAt(row, date), ends);
  if (!end.ok) return end.fault.detail;
  const published = cell('published') === '' ? undefined : publishings?.read(cell('published'));
  if (published && !published.ok) return published.fault.detail;
  const period = periodFor(sheet, cell('period'), end.value.kind);
  if (period === undefined) {
    return `"${cell('period')}" is no period: year, half, quarter, month, ttm or instant.`;
  }
  const unit = unitIn(cell('unit'));
  if (unit === undefined) {
    return `"${cell('unit')}" is no unit: ${fundamentalUnits.join(', ')}.`;
  }
  const stated = instrumentIn(table, row);
  return {
    instrument: isNamed(stated) ? stated : fileInstrument(table),
    periodEnd: end.value.end,
    period,
    unit,
    currency: currencyIn(cell('currency')) ?? currencyOfUnit(cell('unit'), unit),
    publishedOn: published?.ok ? dayFromNumber(published.value.day) : null,
  };
}

const periodFor = (
  { usual }: Sheet,
  said: string,
  named: PeriodKind | undefined,
): PeriodKind | undefined => named ?? (said === '' ? usual : periodKindIn(said));

/** `USD` and `USD/shares` are units that say their currency. */
const currencyOfUnit = (text: string, unit: FundamentalUnit | null): string | null =>
  unit === 'money' || unit === 'money-per-share'
    ? (currencyIn(text.split('/')[0]?.trim() ?? '') ?? null)
    : null;

function endOf(
  cell: string,
  ends: DayReader | undefined,
): Result<{ readonly end: Day; readonly kind?: PeriodKind }> {
  const named = periodIn(cell);
  if (named !== undefined) return { ok: true, value: named };
  const read = ends?.read(cell);
  if (read?.ok) return { ok: true, value: { end: dayFromNumber(read.value.day) } };
  return (
    read ?? {
      ok: false,
      fault: { code: 'etl.not-a-day', detail: `"${cell.slice(0, 40)}" is no period.` },
    }
  );
}

interface FigureParts {
  readonly row: RawRow;
  readonly title: string;
  readonly cell: string;
  readonly facts: {
    readonly instrument: EtlInstrument;
    readonly periodEnd: Day;
    readonly period: PeriodKind;
    readonly unit: FundamentalUnit | null;
    readonly currency: string | null;
    readonly publishedOn: Day | null;
  };
}

function addFigure(
  state: ReadingState,
  { table, decimal }: Sheet,
  { row, title, cell, facts }: FigureParts,
) {
  const value = exactCell(cell, decimal);
  const metric = metricNamed(title);
  if (!value.ok || metric === undefined) {
    const reason = value.ok ? `"${title}" names no metric.` : `${title}: ${value.fault.detail}`;
    return refuseRow(state, { table, row, fix: mend }, reason);
  }
  if (value.value === null) return;
  state.figures.push({
    file: table.file,
    line: row.line,
    ...facts,
    metric: metric.metric,
    value: value.value,
    unit: facts.unit ?? metric.unit,
  });
}

/** A statement: metrics down, periods across, all of one instrument. */
function readStatement(state: ReadingState, table: FoundTable) {
  const [first, ...columns] = table.columns;
  const cells = table.rows.flatMap((row) => columns.map(({ at }) => (row.cells[at] ?? '').trim()));
  const sign = decimalSign(cells);
  if (!sign.ok)
    return refuseTable(state, table, `The file ${sign.fault.detail}`, 'Write numbers in one way.');
  const dated = columns.flatMap((column) => {
    const period = periodOf(column);
    return period === undefined ? [] : [{ column, period }];
  });
  const days = dated.map(({ period }) => dayNumber(period.end)).sort((a, b) => a - b);
  const step = (days[1] ?? 0) - (days[0] ?? 0);
  const usual = state.options.period ?? (step > 60 && step < 135 ? 'quarter' : 'year');
  const sheet: Sheet = {
    table,
    decimal: sign.value,
    ends: undefined,
    publishings: undefined,
    usual,
  };
  const instrument = fileInstrument(table);
  for (const row of table.rows) {
    const title = cellAt(row, first);
    if (title === '') continue;
    for (const { column, period } of dated) {
      addFigure(state, sheet, {
        row,
        title,
        cell: cellAt(row, column),
        facts: {
          instrument,
          periodEnd: period.end,
          period: period.kind ?? usual,
          unit: null,
          currency: null,
          publishedOn: null,
        },
      });
    }
  }
  noteSource(state, table, { layout: 'transposed', notes: notesOf(state, sheet) });
}
