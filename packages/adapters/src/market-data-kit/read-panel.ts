import {
  type Day,
  dayFromNumber,
  dayNumber,
  isDay,
  ok,
  type PanelInput,
  type Result,
  refuse,
} from '@plimsoll/kernel';
import { guessDelimiter, readRecords } from '../importer-kit/index.ts';
import { dayStyle, readDayCell } from './day-style.ts';
import { type DecimalSign, decimalSign, readCell } from './number-style.ts';
import { symbolOfFile } from './symbol-of-file.ts';

/** A table of dated numbers as a file has it. */
export interface PanelFile extends PanelInput {
  /** What the numbers seem to be, where nobody said. */
  readonly are: 'prices' | 'returns';
  /** How the file was understood; one sentence each. */
  readonly notes: readonly string[];
}

export interface PanelOptions {
  /** Its path; a single unnamed column, such as the close of bars, is named for it. */
  readonly file: string;
  readonly are?: 'prices' | 'returns' | undefined;
  /** The numbers are in percent: 1.5 is 0.015. */
  readonly percent?: boolean | undefined;
  /** Of a file of bars every column is wanted, not its close alone. */
  readonly bars?: boolean | undefined;
}

/** A cell's text with the line that it stands on. */
interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a table of prices or returns: a column of days (none is needed) and a column a name. Of a
 * file with open, high, low and close it is the adjusted close, else the close, unless its bars are
 * wanted. Rows may run either
 * way through time; lines above the header and after a break are passed over; what is no number is
 * a gap, what is no day is refused with its line.
 */
export function readPanel(text: string, options: PanelOptions): Result<PanelFile> {
  const delimiter = guessDelimiter(text);
  const lines = readRecords(text, delimiter).filter(({ cells }) =>
    cells.some((cell) => cell.trim() !== ''),
  );
  const table = findTable(lines);
  if (!table.ok) return table;
  const { header, rows, dated } = table.value;
  const width = rows[0]?.cells.length ?? 0;
  const titles = header.length > 0 ? header : unnamed(width);
  const chosen = chooseColumns(titles, dated, {
    name: symbolOfFile(options.file),
    bars: options.bars === true,
  });
  const cells = rows.flatMap((row) => chosen.map(({ at }) => row.cells[at] ?? ''));
  const sign = decimalSign(cells);
  if (!sign.ok) return inFile(sign, 'The file');
  const values = readValues(rows, chosen, sign.value);
  if (!values.ok) return values;
  const days = dated ? readDays(rows) : ok(undefined);
  if (!days.ok) return days;
  const names = chosen.map(({ name }) => name);
  const panel = finish({ days: days.value, names, values: values.value }, options);
  const wrong = wrongScale(panel, options);
  return wrong === undefined ? ok(panel) : refuse({ code: 'file.percent', detail: wrong });
}

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Line[];
  readonly dated: boolean;
}

const inFile = <T>(refused: Result<T>, name: string): Result<never> =>
  refused.ok
    ? refuse({ code: 'file.unreadable', detail: name })
    : refuse({ ...refused.fault, detail: `${name} ${refused.fault.detail}` });

const startsWithNumber = (cell: string): boolean => /^["'\s]*[-+]?[\d.]/.test(cell);

const noDay = (line: Line | undefined, like: string): Result<never> =>
  refuse({
    code: 'file.day',
    detail: `Line ${line?.line}: "${(line?.cells[0] ?? '').trim().slice(0, 40)}" is no day like "${like}". Write days like 2024-03-31.`,
  });

/**
 * The header is the line above the first row that begins with a day or number. A table of days ends
 * where the days end; that more of them come later means that one between them is mistyped.
 */
function findTable(lines: readonly Line[]): Result<Table> {
  const first = lines.findIndex(({ cells }) => startsWithNumber(cells[0] ?? ''));
  if (first < 0) {
    return refuse({
      code: 'file.empty',
      detail: 'The file has no row that begins with a day or a number.',
    });
  }
  const begin = (lines[first]?.cells[0] ?? '').trim();
  const above = lines[first - 1];
  const values = above?.cells.slice(1) ?? [];
  const shape = shapeOf(begin);
  if (shape !== undefined && values.length > 0 && values.every(startsWithNumber)) {
    return noDay(above, begin);
  }
  const header = above?.cells ?? [];
  if (shape === undefined) return ok({ header, rows: lines.slice(first), dated: false });
  const end = lines.findIndex(({ cells }, i) => i > first && shapeOf(cells[0] ?? '') !== shape);
  if (end < 0) return ok({ header, rows: lines.slice(first), dated: true });
  const isLater = lines.slice(end).some(({ cells }) => shapeOf(cells[0] ?? '') === shape);
  return isLater
    ? noDay(lines[end], begin)
    : ok({ header, rows: lines.slice(first, end), dated: true });
}

type DayShape = 'day' | 'yyyymmdd' | 'yyyymm' | 'yyyy-mm';

/** How the cell writes a day, undefined where it does not. */
function shapeOf(cell: string): DayShape | undefined {
  const text = cell.trim();
  if (/^(?:19|20)\d{6}$/.test(text)) return 'yyyymmdd';
  if (/^(?:19|20)\d{4}$/.test(text)) return 'yyyymm';
  if (/^(?:19|20)\d{2}-\d{2}$/.test(text)) return 'yyyy-mm';
  return /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(text) ? 'day' : undefined;
}

function readDays(rows: readonly Line[]): Result<readonly Day[]> {
  const style = dayStyle(rows.map(({ cells }) => cells[0] ?? ''));
  if (!style.ok) return inFile(style, 'The file');
  const days: Day[] = [];
  for (const { line, cells } of rows) {
    const text = (cells[0] ?? '').trim();
    const shape = shapeOf(text);
    const read =
      shape === 'yyyymmdd'
        ? calendarDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)
        : shape === 'yyyymm' || shape === 'yyyy-mm'
          ? monthEnd(text.slice(0, 4), text.slice(-2))
          : readDayCell(text, style.value);
    if (!read.ok) return refuse({ code: 'file.day', detail: `Line ${line}: ${read.fault.detail}` });
    days.push(dayFromNumber(read.value.day));
  }
  return ok(days);
}

const calendarDay = (text: string): Result<{ readonly day: number }> =>
  isDay(text)
    ? ok({ day: dayNumber(text) })
    : refuse({ code: 'file.day', detail: `"${text}" is no day.` });

/** Figures of a month are known at its end. */
function monthEnd(year: string, month: string): Result<{ readonly day: number }> {
  const next =
    Number(month) === 12
      ? `${Number(year) + 1}-01-01`
      : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  if (!(Number(month) >= 1 && Number(month) <= 12)) {
    return refuse({ code: 'file.day', detail: `"${year}${month}" is no month.` });
  }
  return ok({ day: dayNumber(next) - 1 });
}

/** Columns without titles are numbered; one alone has the name of the file. */
const unnamed = (width: number): string[] =>
  Array.from({ length: width }, (_, i) => (width <= 2 ? '' : String(i + 1)));

interface Chosen {
  readonly at: number;
  readonly name: string;
}

const adjusted = /^adj(?:usted)?[ ._]*close\*{0,2}$/i;
const close = /^close(?:\/last)?\*?$/i;
const ofBars = /^(?:open|high|low|volume)$/i;

function chooseColumns(
  header: readonly string[],
  dated: boolean,
  { name, bars }: { readonly name: string; readonly bars: boolean },
): Chosen[] {
  const first = dated ? 1 : 0;
  const titles = header.slice(first).map((title) => title.trim());
  const pick = (pattern: RegExp): number => titles.findIndex((title) => pattern.test(title));
  if (!bars && titles.filter((title) => ofBars.test(title)).length >= 2) {
    const at = pick(adjusted) >= 0 ? pick(adjusted) : pick(close);
    if (at >= 0) return [{ at: at + first, name }];
  }
  return titles.flatMap((title, at) =>
    title === '' && titles.length > 1
      ? []
      : [{ at: at + first, name: title === '' ? name : title }],
  );
}

function readValues(
  rows: readonly Line[],
  chosen: readonly Chosen[],
  sign: DecimalSign,
): Result<(number | null)[][]> {
  const values: (number | null)[][] = [];
  for (const { line, cells } of rows) {
    const row: (number | null)[] = [];
    for (const { at, name } of chosen) {
      const text = (cells[at] ?? '').trim();
      const isPercent = text.endsWith('%');
      const read = readCell(isPercent ? text.slice(0, -1) : text, sign);
      if (!read.ok) {
        return refuse({
          code: 'file.number',
          detail: `Line ${line}, ${name}: ${read.fault.detail}`,
        });
      }
      row.push(Number.isNaN(read.value) ? null : isPercent ? read.value / 100 : read.value);
    }
    values.push(row);
  }
  return ok(values);
}

/** French's data library marks what is missing so. */
const missingMarks = [-99.99, -999];

interface Raw {
  readonly days: readonly Day[] | undefined;
  readonly names: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
}

function finish({ days, names, values }: Raw, options: PanelOptions): PanelFile {
  const notes: string[] = [];
  const isFrench = names.some((name) => /^mkt[-_ ]?rf$/i.test(name));
  const percent = options.percent ?? isFrench;
  if (isFrench && options.percent === undefined) {
    notes.push(`${options.file}: taken as factors in percent, as Kenneth French publishes them.`);
  }
  const are = options.are ?? (isFrench ? 'returns' : guessed(values));
  if (options.are === undefined) notes.push(`${options.file}: taken as ${are}.`);
  const down = days !== undefined && days.length > 1 && (days[0] as Day) > (days.at(-1) as Day);
  const cell = (value: number | null): number | null =>
    value === null || (isFrench && missingMarks.includes(value))
      ? null
      : percent
        ? value / 100
        : value;
  const rows = values.map((row) => row.map(cell));
  return {
    ...(days === undefined ? {} : { days: down ? days.toReversed() : days }),
    names,
    values: down ? rows.toReversed() : rows,
    are,
    notes,
  };
}

/**
 * Returns are often below zero, or all of them stay near it; prices do neither. A few numbers below
 * zero among large ones are mistakes in prices, which whoever computes with them will refuse.
 */
function guessed(values: readonly (readonly (number | null)[])[]): 'prices' | 'returns' {
  const known = values.flat().filter((value) => value !== null);
  const below = known.filter((value) => value < 0).length;
  if (below > known.length / 10) return 'returns';
  const sizes = known.map(Math.abs).sort((a, b) => a - b);
  return (sizes[Math.floor(sizes.length / 2)] ?? 1) < 0.2 && (sizes.at(-1) ?? 1) < 1
    ? 'returns'
    : 'prices';
}

/** A loss of more than all there was: such numbers are percent, or no returns. */
function wrongScale(
  { names, values, are }: Pick<PanelFile, 'names' | 'values' | 'are'>,
  options: PanelOptions,
): string | undefined {
  if (are !== 'returns' || options.percent === true) return undefined;
  for (const row of values) {
    const at = row.findIndex((value) => value !== null && value < -1);
    if (at >= 0) {
      return `${names[at]}: ${row[at]} cannot be a return, which is −1 at the least. Say that the numbers are in percent, or that they are prices.`;
    }
  }
  return undefined;
}
