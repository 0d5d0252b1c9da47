import { type DayNumber, dayNumber, isDay, ok, type Result, refuse } from '@plimsoll/kernel';
import { type DayFormat, readDay } from '../importer-kit/index.ts';

const numeric = /^(\d{1,2})([./-])(\d{1,2})\2\d{4}(?!\d)/;

/**
 * Whether `03/04/2024` is in April or in March, by the whole file: days above 12 tell; points
 * (`03.04.2024`) are only written day first. Refused where nothing tells, or rows contradict.
 */
export function dayStyle(cells: Iterable<string>): Result<DayFormat> {
  let dayFirst: string | undefined;
  let monthFirst: string | undefined;
  let open: string | undefined;
  for (const cell of cells) {
    const match = numeric.exec(cell.trim());
    if (!match) continue;
    const [date = '', first, sign, second] = match;
    if (sign === '.' || Number(first) > 12) dayFirst ??= date;
    else if (Number(second) > 12) monthFirst ??= date;
    else open ??= date;
  }
  if (dayFirst !== undefined && monthFirst !== undefined) {
    const detail = `writes "${dayFirst}" with the day first and "${monthFirst}" with the month first.`;
    return refuse({ code: 'prices.dates-mixed', detail });
  }
  if (monthFirst !== undefined) return ok('mdy');
  if (dayFirst !== undefined || open === undefined) return ok('dmy');
  return refuse({
    code: 'prices.dates-unclear',
    detail: `writes "${open}", which may be day-month or month-day. Write dates like 2024-03-31.`,
  });
}

export interface DayCell {
  readonly day: DayNumber;
  /** Empty where the cell has none, or midnight. */
  readonly time: string;
}

const twoDigitYear = /^\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)/;

/** The day of a cell in the file's style; a cell that begins with its year needs none. */
export function readDayCell(cell: string, style: DayFormat): Result<DayCell> {
  if (isDay(cell)) return ok({ day: dayNumber(cell), time: '' });
  const text = cell.trim();
  const when = twoDigitYear.test(text)
    ? refuse({ code: 'prices.not-a-day', detail: 'two digits of a year are not enough' })
    : readDay(text.replaceAll('/', '-'), /^\d{4}/.test(text) ? 'ymd' : style);
  if (!when.ok) {
    const detail = `"${text.slice(0, 40)}" is not a day that can be read. Write it like 2024-03-31.`;
    return refuse({ code: 'prices.not-a-day', detail });
  }
  const { day, time } = when.value;
  return ok({ day: dayNumber(day), time: time === undefined ? '' : time });
}
