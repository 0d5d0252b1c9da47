import { type Day, dayOf, ok, type Result, refuse } from '@plimsoll/kernel';

/** Which of the first two numbers of a date is the month. */
export type QifDayOrder = 'mdy' | 'dmy';

const shape = /^(\d{1,4})[-/.] ?(\d{1,2})([-/.']) ?(\d{1,4})$/;

/**
 * The order that a file's dates are in: the day comes first where some date can only be read so,
 * else the month, as in the country that the format comes from.
 */
export function dayOrderOf(texts: readonly string[]): QifDayOrder {
  const dayFirst = texts.some((text) => {
    const match = shape.exec(text);
    return match !== null && Number(match[1]) > 12 && (match[1] ?? '').length < 3;
  });
  return dayFirst ? 'dmy' : 'mdy';
}

/** Two digits after an apostrophe are of this century; else years of 1970 to 2069. */
function fullYear(text: string, mark: string | undefined): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return mark === "'" || year < 70 ? 2000 + year : 1900 + year;
}

/** Reads `07/31/2024`, `7/31'24`, `31.07.24` or `2024-07-31`. */
export function readQifDay(text: string, order: QifDayOrder): Result<Day> {
  const match = shape.exec(text.trim());
  const [, first = '', second = '', mark, last = ''] = match ?? [];
  const isIso = first.length === 4;
  const year = isIso ? Number(first) : fullYear(last, mark);
  const month = Number(isIso || order === 'dmy' ? second : first);
  const date = Number(isIso ? last : order === 'dmy' ? first : second);
  const day = dayOf(year, month, date);
  if (match && day.ok) return day.ok ? ok(day.value) : day;
  const written = order === 'dmy' ? 'day/month/year' : 'month/day/year';
  return refuse({
    code: 'import.not-a-day',
    detail: `"${text.slice(0, 40)}" is not a day written ${written}.`,
  });
}
