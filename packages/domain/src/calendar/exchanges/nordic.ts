import { type DayNumber, weekday } from '@plimsoll/kernel';
import type { CalendarRules } from '../calendar-rules.ts';
import { aroundEaster, dayIn, fixedDay, type HolidayRule, inYears } from '../holiday-rule.ts';

const friday = 4;

/** The first Friday on or after a date. */
const fridayFrom = (day: DayNumber): DayNumber => day + ((friday - weekday(day) + 7) % 7);

/** Christmas and New Year, which Stockholm, Helsinki and Copenhagen keep with their eves. */
const yearEnd: readonly HolidayRule[] = [
  fixedDay("New Year's Day", 1, 1),
  fixedDay('Christmas Eve', 12, 24),
  fixedDay('Christmas Day', 12, 25),
  fixedDay('Boxing Day', 12, 26),
  fixedDay("New Year's Eve", 12, 31),
];

const easter: readonly HolidayRule[] = [
  aroundEaster('Good Friday', -2),
  aroundEaster('Easter Monday', 1),
  aroundEaster('Ascension Day', 39),
];

const midsummerEve: HolidayRule = {
  name: 'Midsummer Eve',
  days: (year) => [fridayFrom(dayIn(year, 6, 19))],
};

const allSaintsEve: HolidayRule = {
  name: "All Saints' Eve",
  days: (year) => [fridayFrom(dayIn(year, 10, 30))],
};

const known = { from: '2005-01-01', until: '2031-01-01' };

/**
 * Nasdaq Stockholm; half days end at 13:00.
 *
 * Source: Nasdaq Nordic, "Trading hours & calendar"; compared with exchange_calendars.
 */
export const stockholm: CalendarRules = {
  mic: 'XSTO',
  name: 'Nasdaq Stockholm',
  zone: 'Europe/Stockholm',
  known,
  hours: [{ from: '2005-01-01', open: '09:00', close: '17:30' }],
  closed: [
    ...yearEnd,
    ...easter,
    fixedDay('Epiphany', 1, 6),
    fixedDay('Labour Day', 5, 1),
    fixedDay('National Day', 6, 6),
    midsummerEve,
  ],
  early: [
    fixedDay('Day before Epiphany', 1, 5),
    aroundEaster('Maundy Thursday', -3),
    fixedDay('Walpurgis Night', 4, 30),
    aroundEaster('Day before Ascension Day', 38),
    allSaintsEve,
  ].map((rule) => ({ rule, at: '13:00' })),
};

/** Nasdaq Helsinki; no half days. Source: as Stockholm. */
export const helsinki: CalendarRules = {
  mic: 'XHEL',
  name: 'Nasdaq Helsinki',
  zone: 'Europe/Helsinki',
  known,
  hours: [{ from: '2005-01-01', open: '10:00', close: '18:30' }],
  closed: [
    ...yearEnd,
    ...easter,
    fixedDay('Epiphany', 1, 6),
    fixedDay('Labour Day', 5, 1),
    midsummerEve,
    fixedDay('Independence Day', 12, 6),
  ],
};

/**
 * Nasdaq Copenhagen; no half days.
 *
 * Source: as Stockholm; checked against days on which Vestas traded. Great Prayer Day was abolished
 * from 2024 on by act 214 of 2023.
 */
export const copenhagen: CalendarRules = {
  mic: 'XCSE',
  name: 'Nasdaq Copenhagen',
  zone: 'Europe/Copenhagen',
  known,
  hours: [{ from: '2005-01-01', open: '09:00', close: '17:00' }],
  closed: [
    ...yearEnd,
    ...easter,
    aroundEaster('Maundy Thursday', -3),
    inYears(0, 2024, aroundEaster('Great Prayer Day', 26)),
    inYears(2009, 9999, aroundEaster('Day after Ascension Day', 40)),
    aroundEaster('Whit Monday', 50),
    fixedDay('Constitution Day', 6, 5),
  ],
};
