import type { CalendarRules } from '../calendar-rules.ts';
import {
  aroundEaster,
  fixedDay,
  type HolidayRule,
  inYears,
  listedDays,
  toWeekdayBefore,
} from '../holiday-rule.ts';

const whitMonday = aroundEaster('Whit Monday', 50);
const unityDay = fixedDay('Day of German Unity', 10, 3);
const lastTradingDay = fixedDay('Last trading day of the year', 12, 30, toWeekdayBefore);

const closed: readonly HolidayRule[] = [
  fixedDay("New Year's Day", 1, 1),
  aroundEaster('Good Friday', -2),
  aroundEaster('Easter Monday', 1),
  fixedDay('Labour Day', 5, 1),
  listedDays('Whit Monday', '2007-05-28'),
  inYears(2015, 2022, whitMonday),
  listedDays('Day of German Unity', '2000-10-03'),
  inYears(2014, 2022, unityDay),
  listedDays('500 years of the Reformation', '2017-10-31'),
  fixedDay('Christmas Eve', 12, 24),
  fixedDay('Christmas Day', 12, 25),
  fixedDay('Second Day of Christmas', 12, 26),
  fixedDay("New Year's Eve", 12, 31),
];

/**
 * Xetra. Since 2000 it trades on most public holidays of Germany.
 *
 * Source: Frankfurter Wertpapierbörse, Handelskalender; for 3 October 2000, closed that once, the
 * joint notice of Deutsche Börse and Eurex (Handelsblatt, 2000); for trading until 20:00 from June
 * 2000 to October 2003, Deutsche Börse (stern, 3 November 2003). The last trading day ends at 14:00;
 * on record from 2005 on.
 */
export const xetra: CalendarRules = {
  mic: 'XETR',
  name: 'Xetra',
  zone: 'Europe/Berlin',
  known: { from: '2000-01-01', until: '2031-01-01' },
  hours: [
    { from: '1999-09-20', open: '09:00', close: '17:30' },
    { from: '2000-06-02', open: '09:00', close: '20:00' },
    { from: '2003-11-03', open: '09:00', close: '17:30' },
  ],
  closed,
  early: [{ rule: inYears(2005, 9999, lastTradingDay), at: '14:00' }],
};

/**
 * The floor of the Frankfurt Stock Exchange, now specialists: Xetra's days, longer hours; on
 * public holidays of Hesse with trading until 20:00 only.
 *
 * Source: Börse Frankfurt, "Handelszeiten und Kalender" (from 8:00 since 1 June 2011, until 22:00
 * since 29 November 2021).
 */
export const frankfurt: CalendarRules = {
  ...xetra,
  mic: 'XFRA',
  name: 'Börse Frankfurt',
  hours: [
    { from: '1999-09-20', open: '09:00', close: '17:30' },
    { from: '2000-06-02', open: '09:00', close: '20:00' },
    { from: '2011-06-01', open: '08:00', close: '20:00' },
    { from: '2021-11-29', open: '08:00', close: '22:00' },
  ],
  early: [
    { rule: inYears(2005, 9999, lastTradingDay), at: '14:00' },
    { rule: inYears(2022, 9999, aroundEaster('Ascension Day', 39)), at: '20:00' },
    { rule: inYears(2022, 9999, whitMonday), at: '20:00' },
    { rule: inYears(2022, 9999, aroundEaster('Corpus Christi', 60)), at: '20:00' },
    { rule: inYears(2022, 9999, unityDay), at: '20:00' },
  ],
};
