import { type DayNumber, dayNumber, isDay, ok, type Result, refuse } from '@plimsoll/kernel';
import { dayStyle, readDayCell } from '../market-data-kit/day-style.ts';

export interface ReadDay {
  readonly day: DayNumber;
  /** Empty where there is none, or midnight. */
  readonly time: string;
}

/** How a column writes its days, and the reader of it. */
export interface DayReader {
  /** In words, for the report. */
  readonly style: string;
  readonly read: (cell: string) => Result<ReadDay>;
}

const dayMs = 86_400_000;
const compact = /^(?:19|20)\d{6}$/;
const month = /^(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])$/;
const seconds = /^-?\d{9,10}$/;
const milliseconds = /^-?\d{12,13}$/;
const serial = /^[2-5]\d{4}(?:\.0+)?$/;

const notADay = (cell: string, like: string) =>
  refuse({
    code: 'etl.not-a-day',
    detail: `"${cell.slice(0, 40)}" is not a day like "${like}". Write days like 2024-03-31.`,
  });

/** Whether a cell writes a day in any way that is known. */
export const looksLikeDay = (cell: string): boolean => {
  const text = cell.trim();
  return (
    compact.test(text) ||
    (month.test(text) && text.includes('-')) ||
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$/.test(text) ||
    /^\d{1,2}[- ]\p{L}{3,9}\.?[- ]\d{4}$/u.test(text) ||
    /^\p{L}{3,9}\.? \d{1,2},? \d{4}$/u.test(text)
  );
};

interface Style {
  readonly style: string;
  readonly pattern: RegExp;
  readonly day: (text: string) => DayNumber | undefined;
}

const isoDay = (text: string): DayNumber | undefined => (isDay(text) ? dayNumber(text) : undefined);

function lastOfMonth(text: string): DayNumber {
  const [year, at] = [Number(text.slice(0, 4)), Number(text.slice(-2))];
  const next = at === 12 ? `${year + 1}-01-01` : `${year}-${String(at + 1).padStart(2, '0')}-01`;
  return dayNumber(next) - 1;
}

/** Styles that the whole column must be of. An instant of an epoch is taken as its UTC day. */
const styles: readonly Style[] = [
  {
    style: 'YYYYMMDD',
    pattern: compact,
    day: (text) => isoDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`),
  },
  { style: 'months, taken at their end', pattern: month, day: lastOfMonth },
  {
    style: 'seconds since 1970',
    pattern: seconds,
    day: (text) => Math.floor(Number(text) / (dayMs / 1_000)),
  },
  {
    style: 'milliseconds since 1970',
    pattern: milliseconds,
    day: (text) => Math.floor(Number(text) / dayMs),
  },
  // Workbooks count days from 1899-12-30.
  {
    style: 'days of a workbook',
    pattern: serial,
    day: (text) => Math.round(Number(text)) - 25_569,
  },
];

const epochs: readonly string[] = ['seconds since 1970', 'milliseconds since 1970'];

function timeOf(style: string, text: string): string {
  if (!epochs.includes(style)) return '';
  const ms = Number(text) * (style.startsWith('seconds') ? 1_000 : 1);
  const time = new Date(ms).toISOString().slice(11, 19);
  return time === '00:00:00' ? '' : time;
}

/** The way in which all cells of a column write days; refused where they are unclear or contradict. */
export function dayReader(cells: readonly string[]): Result<DayReader> {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const first = filled[0] ?? '';
  // One bad cell must not turn a column of numbers into something else; it is refused by itself.
  const uniform = styles.find(
    ({ pattern }) =>
      pattern.test(first) &&
      filled.filter((cell) => pattern.test(cell)).length >= filled.length * 0.9,
  );
  if (uniform !== undefined) {
    const { style, pattern, day } = uniform;
    return ok({
      style,
      read: (cell) => {
        const text = cell.trim();
        const found = pattern.test(text) ? day(text) : isoDay(text);
        return found === undefined
          ? notADay(cell, first)
          : ok({ day: found, time: timeOf(style, text) });
      },
    });
  }
  const style = dayStyle(filled);
  if (!style.ok) return style;
  return ok({ style: words[style.value], read: (cell) => readDayCell(cell, style.value) });
}

const words = { ymd: 'year-month-day', dmy: 'year or day first', mdy: 'year or month first' };
