import { type Day, type DayNumber, dayNumber, weekday } from '@plimsoll/kernel';
import type { CalendarRules, ClockSpan } from './calendar-rules.ts';
import { dayIn, type HolidayRule } from './holiday-rule.ts';

/** What is out of the ordinary on one day. */
export interface DayException {
  readonly name: string;
  /** Null is closed; a time is an early close; spans are hours of its own; `unrecorded` are those not on record. */
  readonly hours: null | string | readonly ClockSpan[] | 'unrecorded';
}

/** One year of a calendar. */
export interface YearPlan {
  readonly first: DayNumber;
  /** 1 where the exchange trades, by day of the year. */
  readonly open: Uint8Array;
  /** Trading days, rising. */
  readonly tradingDays: Int32Array;
  readonly exceptions: ReadonlyMap<DayNumber, DayException>;
}

/** Works out a year: weekends, then closed days, then early closes on days left, then special days. */
export function planYear(rules: CalendarRules, year: number): YearPlan {
  const first = dayIn(year, 1, 1);
  const open = new Uint8Array(dayIn(year + 1, 1, 1) - first);
  const exceptions = new Map<DayNumber, DayException>();
  for (let at = 0; at < open.length; at++) {
    open[at] = rules.weekends || weekday(first + at) < 5 ? 1 : 0;
  }
  /** A holiday matters where the exchange would trade; the first that names a day is kept. */
  const except = (rule: HolidayRule, hours: DayException['hours']): void => {
    for (const day of rule.days(year)) {
      if (open[day - first] !== 1) continue;
      exceptions.set(day, { name: nameOf(rule, day), hours });
      if (hours === null) open[day - first] = 0;
    }
  };
  for (const rule of rules.closed) except(rule, null);
  for (const { rule, at } of rules.early ?? []) except(rule, at);
  for (const { day, name, hours } of specialDays(rules, year)) {
    open[day - first] = 1;
    exceptions.set(day, { name, hours: hours ?? 'unrecorded' });
  }
  return { first, open, tradingDays: openDays(first, open), exceptions };
}

const nameOf = (rule: HolidayRule, day: DayNumber): string => rule.nameOf?.(day) ?? rule.name;

function specialDays(
  rules: CalendarRules,
  year: number,
): { day: DayNumber; name: string; hours: readonly ClockSpan[] | null }[] {
  const inYear = (day: Day): boolean => Number(day.slice(0, 4)) === year;
  return (rules.special ?? [])
    .filter((each) => inYear(each.day))
    .map((each) => ({ ...each, day: dayNumber(each.day) }));
}

function openDays(first: DayNumber, open: Uint8Array): Int32Array {
  const days = new Int32Array(open.length);
  let count = 0;
  for (let at = 0; at < open.length; at++) if (open[at] === 1) days[count++] = first + at;
  return days.slice(0, count);
}
