import type { CalendarRules } from '../calendar-rules.ts';
import {
  aroundEaster,
  christmasAndBoxingDay,
  exceptIn,
  fixedDay,
  inYears,
  listedDays,
  nthWeekday,
  toWeekdayBefore,
  weekendToMonday,
} from '../holiday-rule.ts';

const monday = 0;

/**
 * ASX; half days end at 14:10 with the closing auction, which is how ASX publishes them. In 2022
 * the last days before Christmas and New Year were whole.
 *
 * Source: ASX, "Cash market trading calendar" of each year; checked against days on which the All
 * Ordinaries and the S&P/ASX 200 were computed. Half days are on record from 2010 on.
 */
export const australia: CalendarRules = {
  mic: 'XASX',
  name: 'Australian Securities Exchange',
  zone: 'Australia/Sydney',
  known: { from: '2000-01-01', until: '2031-01-01' },
  hours: [{ from: '2000-01-01', open: '10:00', close: '16:00' }],
  closed: [
    fixedDay("New Year's Day", 1, 1, weekendToMonday),
    fixedDay('Australia Day', 1, 26, weekendToMonday),
    aroundEaster('Good Friday', -2),
    aroundEaster('Easter Monday', 1),
    fixedDay('Anzac Day', 4, 25),
    listedDays('Anzac Day', '2010-04-26'),
    listedDays('Easter Tuesday, in lieu of Anzac Day', '2011-04-26'),
    nthWeekday("Sovereign's Birthday", 6, 2, monday),
    ...christmasAndBoxingDay,
    listedDays('Mourning for Queen Elizabeth II', '2022-09-22'),
  ],
  early: [
    fixedDay('Last business day before Christmas', 12, 24, toWeekdayBefore),
    fixedDay('Last business day of the year', 12, 31, toWeekdayBefore),
  ].map((rule) => ({ rule: exceptIn([2022], inYears(2010, 9999, rule)), at: '14:10' })),
};
