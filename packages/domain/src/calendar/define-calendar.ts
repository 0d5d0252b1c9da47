import { type DayNumber, dayNumber } from '@plimsoll/kernel';
import { indexAt } from '../prices/price-series.ts';
import type { CalendarRules } from './calendar-rules.ts';
import type { ExchangeCalendar, ExchangeHoliday, ExchangeSession } from './exchange-calendar.ts';
import { closingTime, sessionOn } from './session-hours.ts';
import { planYear, type YearPlan } from './year-plan.ts';
import { zoneDay } from './zone-clock.ts';

/**
 * The calendar that follows from an exchange's rules. Years and sessions are worked out when first
 * asked for and kept.
 */
export function defineCalendar(rules: CalendarRules): ExchangeCalendar {
  return new RuledCalendar(rules);
}

class RuledCalendar implements ExchangeCalendar {
  readonly mic: string;
  readonly name: string;
  readonly zone: string;
  readonly known: { readonly from: DayNumber; readonly until: DayNumber };
  readonly guess: boolean;
  readonly #rules: CalendarRules;
  readonly #opensDayBefore: boolean;
  readonly #years = new Map<number, YearPlan>();
  readonly #sessions = new Map<DayNumber, ExchangeSession | null>();
  #latest: YearPlan | undefined;

  constructor(rules: CalendarRules) {
    this.#rules = rules;
    this.mic = rules.mic;
    this.name = rules.name;
    this.zone = rules.zone;
    this.guess = rules.guess ?? false;
    this.known = { from: dayNumber(rules.known.from), until: dayNumber(rules.known.until) };
    this.#opensDayBefore = rules.hours.some((each) => each.opensDayBefore);
  }

  isTradingDay(day: DayNumber): boolean | null {
    if (!this.#knows(day)) return null;
    const plan = this.#planOf(day);
    return plan.open[day - plan.first] === 1;
  }

  session(day: DayNumber): ExchangeSession | null {
    if (this.isTradingDay(day) !== true) return null;
    const kept = this.#sessions.get(day);
    if (kept !== undefined) return kept;
    const made = sessionOn(this.#rules, day, this.#planOf(day).exceptions.get(day));
    this.#sessions.set(day, made);
    return made;
  }

  tradingDays(from: DayNumber, until: DayNumber): Int32Array {
    const start = Math.max(from, this.known.from);
    const end = Math.min(until, this.known.until);
    if (!(start < end)) return new Int32Array(0);
    const parts: Int32Array[] = [];
    for (let day = start; day < end; ) {
      const { first, open, tradingDays } = this.#planOf(day);
      const [begin, stop] = [
        indexAt(tradingDays, start - 1) + 1,
        indexAt(tradingDays, end - 1) + 1,
      ];
      parts.push(tradingDays.subarray(begin, stop));
      day = first + open.length;
    }
    return joined(parts);
  }

  next(day: DayNumber): DayNumber | null {
    return this.#step(day, 1);
  }

  previous(day: DayNumber): DayNumber | null {
    return this.#step(day, -1);
  }

  holidays(year: number): readonly ExchangeHoliday[] {
    const { exceptions } = this.#planYear(year);
    return [...exceptions]
      .filter(([day]) => this.#knows(day))
      .sort(([a], [b]) => a - b)
      .map(([day, { name, hours }]) => ({
        day,
        name,
        closes: closingTime(this.#rules, day, hours),
      }));
  }

  isOpenAt(instant: number): boolean | null {
    const today = zoneDay(this.zone, instant);
    const day = this.sessionDayOf(instant);
    if (day === null) return this.#knows(today) ? false : null;
    const session = this.session(day);
    if (!session) return null;
    if (instant < session.open || instant >= session.close) return false;
    return !session.breaks.some(({ from, until }) => instant >= from && instant < until);
  }

  sessionDayOf(instant: number): DayNumber | null {
    const day = zoneDay(this.zone, instant);
    if (!this.#opensDayBefore) return this.isTradingDay(day) ? day : null;
    const session = this.session(day);
    if (session && instant < session.close) return day;
    const tomorrow = this.session(day + 1);
    return tomorrow && instant >= tomorrow.open ? day + 1 : null;
  }

  #step(from: DayNumber, by: 1 | -1): DayNumber | null {
    let day = from + by;
    while (this.isTradingDay(day) === false) day += by;
    return this.#knows(day) ? day : null;
  }

  #knows(day: DayNumber): boolean {
    return day >= this.known.from && day < this.known.until;
  }

  /** The plan of a day's year; the one asked last is tried first, as days come in order. */
  #planOf(day: DayNumber): YearPlan {
    const latest = this.#latest;
    if (latest && day >= latest.first && day < latest.first + latest.open.length) return latest;
    let year = 1970 + Math.floor(day / 365.2425);
    let plan = this.#planYear(year);
    while (day < plan.first) plan = this.#planYear(--year);
    while (day >= plan.first + plan.open.length) plan = this.#planYear(++year);
    this.#latest = plan;
    return plan;
  }

  #planYear(year: number): YearPlan {
    const kept = this.#years.get(year);
    if (kept) return kept;
    const made = planYear(this.#rules, year);
    this.#years.set(year, made);
    return made;
  }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
