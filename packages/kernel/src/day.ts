import { type Fault, ok, type Result, refuse } from './result.ts';

/** A calendar day of the exchange or account, `2026-03-31`. Compares as text. */
export type Day = string;

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export type DayNumber = number;

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Howard Hinnant, "chrono-compatible low-level date algorithms" (2013), days_from_civil. */
function fromCivil(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** Day number → `2026-03-31`. */
export function dayFromNumber(number: DayNumber): Day {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** `2026-03-31` → days since 1970-01-01. The text must be a day (see `parseDay`). */
export function dayNumber(day: Day): DayNumber {
  return fromCivil(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

/** Whether the text is a real calendar day: `2026-02-30` is not. */
export function isDay(text: string): boolean {
  return dayShape.test(text) && dayFromNumber(dayNumber(text)) === text;
}

/** Reads an ISO day; refuses anything else, naming it. */
export function parseDay(text: string): Result<Day, Fault> {
  if (isDay(text)) return ok(text);
  return refuse({ code: 'day.invalid', detail: `"${text}" is not a day like 2026-03-31.` });
}

/** The day of a year, month (1–12) and day of month, refused where there is none. */
export const dayOf = (year: number, month: number, day: number): Result<Day, Fault> =>
  parseDay(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);

export const addDays = (day: Day, count: number): Day => dayFromNumber(dayNumber(day) + count);

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);

/** 0 is Monday … 6 is Sunday. */
export const weekday = (number: DayNumber): number => (((number + 3) % 7) + 7) % 7;

/** Mondays to Fridays after `from` up to and including `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: DayNumber, to: DayNumber): number {
  if (to <= from) return 0;
  const wholeWeeks = Math.floor((to - from) / 7);
  let count = wholeWeeks * 5;
  for (let day = from + wholeWeeks * 7 + 1; day <= to; day++) {
    if (weekday(day) < 5) count++;
  }
  return count;
}
