import { type Day, type DayNumber, dayFromNumber, dayNumber, weekday } from '@plimsoll/kernel';
import { easterSunday } from './easter.ts';

/** A named day that comes back, or a list of days with one reason. */
export interface HolidayRule {
  readonly name: string;
  /** Its days in a year; days at weekends may be among them. */
  readonly days: (year: number) => readonly DayNumber[];
  /** What one of its days is called where that differs from day to day. */
  readonly nameOf?: (day: DayNumber) => string | undefined;
}

/** Which day a holiday is kept on, given the day it falls on. */
export type Observance = (day: DayNumber) => DayNumber;

const saturday = 5;
const sunday = 6;

/** A holiday on a Sunday is kept on Monday; on a Saturday nobody gets a day off. */
export const sundayToMonday: Observance = (day) => (weekday(day) === sunday ? day + 1 : day);

/** A holiday at a weekend is kept on Monday. */
export const weekendToMonday: Observance = (day) =>
  day + ([0, 0, 0, 0, 0, 2, 1][weekday(day)] ?? 0);

/** A holiday on a Saturday is kept on Friday, on a Sunday on Monday. */
export const toNearestWeekday: Observance = (day) =>
  weekday(day) === saturday ? day - 1 : sundayToMonday(day);

/** The last weekday on or before the day. */
export const toWeekdayBefore: Observance = (day) =>
  day - ([0, 0, 0, 0, 0, 1, 2][weekday(day)] ?? 0);

/** The day number of a year, month (1–12) and day of month that exist. */
export const dayIn = (year: number, month: number, day: number): DayNumber =>
  dayNumber(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  );

/** The same date each year. */
export const fixedDay = (
  name: string,
  month: number,
  day: number,
  observed: Observance = (each) => each,
): HolidayRule => ({ name, days: (year) => [observed(dayIn(year, month, day))] });

/** The same distance from Easter Sunday each year. */
export const aroundEaster = (name: string, distance: number): HolidayRule => ({
  name,
  days: (year) => [easterSunday(year) + distance],
});

/** The day of the `count`-th weekday (0 is Monday) of a month; counted from its end when negative. */
export function nthWeekdayOf(year: number, month: number, count: number, on: number): DayNumber {
  if (count > 0) {
    const first = dayIn(year, month, 1);
    return first + ((on - weekday(first) + 7) % 7) + (count - 1) * 7;
  }
  const last = dayIn(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - 1;
  return last - ((weekday(last) - on + 7) % 7) + (count + 1) * 7;
}

/** The `count`-th weekday (0 is Monday) of a month each year. */
export const nthWeekday = (
  name: string,
  month: number,
  count: number,
  on: number,
): HolidayRule => ({ name, days: (year) => [nthWeekdayOf(year, month, count, on)] });

/** Days that are written down because no rule gives them. */
export function listedDays(name: string, ...days: readonly Day[]): HolidayRule {
  const byYear = Map.groupBy(days, (day) => Number(day.slice(0, 4)));
  return { name, days: (year) => (byYear.get(year) ?? []).map(dayNumber) };
}

/** A rule that holds in the years `from` up to but not including `until`. */
export const inYears = (from: number, until: number, rule: HolidayRule): HolidayRule => ({
  name: rule.name,
  days: (year) => (year >= from && year < until ? rule.days(year) : []),
});

/** A rule that some years do without. */
export const exceptIn = (years: readonly number[], rule: HolidayRule): HolidayRule => ({
  name: rule.name,
  days: (year) => (years.includes(year) ? [] : rule.days(year)),
});

/** 25 and 26 December; what falls at a weekend is made up for on the weekdays that follow. */
export const christmasAndBoxingDay: readonly HolidayRule[] = [
  fixedDay('Christmas Day', 12, 25),
  fixedDay('Boxing Day', 12, 26),
  {
    name: 'Christmas holiday in lieu',
    days: (year) => {
      const boxingDay = dayIn(year, 12, 26);
      const first = weekday(boxingDay - 1);
      if (first === 4) return [boxingDay + 2];
      if (first === saturday) return [boxingDay + 1, boxingDay + 2];
      return first === sunday ? [boxingDay + 1] : [];
    },
  },
];

/**
 * Days that depend on each other, each with its own name; `name` stands for them as a whole. The
 * year asked last is kept, as its names are asked for right after its days.
 */
export function namedDays(
  name: string,
  inYear: (year: number) => ReadonlyMap<DayNumber, string>,
): HolidayRule {
  let latest: { readonly year: number; readonly days: ReadonlyMap<DayNumber, string> } | undefined;
  const daysOf = (year: number): ReadonlyMap<DayNumber, string> => {
    if (latest?.year !== year) latest = { year, days: inYear(year) };
    return latest.days;
  };
  return {
    name,
    days: (year) => [...daysOf(year).keys()],
    nameOf: (day) => daysOf(Number(dayFromNumber(day).slice(0, 4))).get(day),
  };
}
