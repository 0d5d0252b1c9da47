import { weekday } from '@plimsoll/kernel';
import type { CalendarRules } from '../calendar-rules.ts';
import {
  aroundEaster,
  christmasAndBoxingDay,
  dayIn,
  fixedDay,
  type HolidayRule,
  inYears,
  listedDays,
  nthWeekday,
  weekendToMonday,
} from '../holiday-rule.ts';

const monday = 0;

const victoriaDay: HolidayRule = {
  name: 'Victoria Day',
  days: (year) => {
    const last = dayIn(year, 5, 24);
    return [last - weekday(last)];
  },
};

/**
 * The Toronto Stock Exchange, and with the same days TSX Venture.
 *
 * Source: TMX, "Calendar & events" of each year. On 11 September 2001 it opened and shut at about
 * 10:40, and stayed closed the day after (The Globe and Mail, 13 September 2001).
 */
export const toronto: CalendarRules = {
  mic: 'XTSE',
  name: 'Toronto Stock Exchange',
  zone: 'America/Toronto',
  known: { from: '2000-01-01', until: '2031-01-01' },
  hours: [{ from: '2000-01-01', open: '09:30', close: '16:00' }],
  closed: [
    fixedDay("New Year's Day", 1, 1, weekendToMonday),
    inYears(2008, 9999, nthWeekday('Family Day', 2, 3, monday)),
    aroundEaster('Good Friday', -2),
    victoriaDay,
    fixedDay('Canada Day', 7, 1, weekendToMonday),
    nthWeekday('Civic Holiday', 8, 1, monday),
    nthWeekday('Labour Day', 9, 1, monday),
    nthWeekday('Thanksgiving Day', 10, 2, monday),
    ...christmasAndBoxingDay,
    listedDays('Attacks of 11 September', '2001-09-12'),
  ],
  early: [
    { rule: inYears(2008, 9999, fixedDay('Christmas Eve', 12, 24)), at: '13:00' },
    { rule: listedDays('Attacks of 11 September', '2001-09-11'), at: '10:40' },
  ],
};
