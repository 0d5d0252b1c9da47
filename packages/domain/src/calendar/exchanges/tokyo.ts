import type { CalendarRules } from '../calendar-rules.ts';
import {
  dayIn,
  fixedDay,
  type HolidayRule,
  inYears,
  listedDays,
  namedDays,
  toWeekdayBefore,
  weekendToMonday,
} from '../holiday-rule.ts';
import { japaneseHolidays } from './japan-holidays.ts';

/** The first trading day of a year; only 4 January or the Monday after it can be. */
const firstTradingDay: HolidayRule = {
  name: 'First trading day of the year',
  days: (year) => [weekendToMonday(dayIn(year, 1, 4))],
};
const lastTradingDay = fixedDay('Last trading day of the year', 12, 30, toWeekdayBefore);

/**
 * The Tokyo Stock Exchange: national holidays, 2 and 3 January and 31 December.
 *
 * Source: JPX, "Calendar" and "Trading hours" (morning until 11:30 since 21 November 2011, close at
 * 15:30 since 5 November 2024); the first and last trading days ended at 11:00 until the first of
 * 2009; afternoons began at 13:00 from 19 January to 21 April 2006, and 18 January 2006 ended at
 * 14:40 (Nikkei, "1月17日 ライブドア・ショック"); system failures of 1 November 2005 (opened at 13:30)
 * and 1 October 2020 (closed).
 */
export const tokyo: CalendarRules = {
  mic: 'XTKS',
  name: 'Tokyo Stock Exchange',
  zone: 'Asia/Tokyo',
  known: { from: '2000-01-01', until: '2031-01-01' },
  hours: [
    { from: '2000-01-01', open: '09:00', close: '15:00', breaks: [['11:00', '12:30']] },
    { from: '2006-01-19', open: '09:00', close: '15:00', breaks: [['11:00', '13:00']] },
    { from: '2006-04-24', open: '09:00', close: '15:00', breaks: [['11:00', '12:30']] },
    { from: '2011-11-21', open: '09:00', close: '15:00', breaks: [['11:30', '12:30']] },
    { from: '2024-11-05', open: '09:00', close: '15:30', breaks: [['11:30', '12:30']] },
  ],
  closed: [
    namedDays('National holiday', japaneseHolidays),
    fixedDay('New Year', 1, 2),
    fixedDay('New Year', 1, 3),
    fixedDay('End of the year', 12, 31),
    listedDays('System failure', '2020-10-01'),
  ],
  early: [
    { rule: inYears(0, 2010, firstTradingDay), at: 'break' },
    { rule: inYears(0, 2009, lastTradingDay), at: 'break' },
    { rule: listedDays('Livedoor shock', '2006-01-18'), at: '14:40' },
  ],
  special: [{ day: '2005-11-01', name: 'System failure', hours: [['13:30', '15:00']] }],
};
