import type { CalendarRules } from '../calendar-rules.ts';
import {
  aroundEaster,
  christmasAndBoxingDay,
  exceptIn,
  fixedDay,
  listedDays,
  nthWeekday,
  toWeekdayBefore,
  weekendToMonday,
} from '../holiday-rule.ts';

const monday = 0;

/**
 * The London Stock Exchange: the bank holidays of England and Wales.
 *
 * Source: Banking and Financial Dealings Act 1971 and the proclamations that moved or added days
 * (golden, diamond and platinum jubilee, royal wedding, 75 years of VE Day, funeral of Queen
 * Elizabeth II, coronation); London Stock Exchange, "Business days" (half days close at 12:30).
 */
export const london: CalendarRules = {
  mic: 'XLON',
  name: 'London Stock Exchange',
  zone: 'Europe/London',
  known: { from: '2000-01-01', until: '2031-01-01' },
  hours: [{ from: '1999-09-20', open: '08:00', close: '16:30' }],
  closed: [
    fixedDay("New Year's Day", 1, 1, weekendToMonday),
    aroundEaster('Good Friday', -2),
    aroundEaster('Easter Monday', 1),
    exceptIn([2020], nthWeekday('Early May Bank Holiday', 5, 1, monday)),
    exceptIn([2002, 2012, 2022], nthWeekday('Spring Bank Holiday', 5, -1, monday)),
    nthWeekday('Summer Bank Holiday', 8, -1, monday),
    ...christmasAndBoxingDay,
    listedDays('Golden Jubilee', '2002-06-03'),
    listedDays('Diamond Jubilee', '2012-06-05'),
    listedDays('Platinum Jubilee', '2022-06-03'),
    listedDays('Spring Bank Holiday', '2002-06-04', '2012-06-04', '2022-06-02'),
    listedDays('Royal Wedding', '2011-04-29'),
    listedDays('75 years of VE Day', '2020-05-08'),
    listedDays('Funeral of Queen Elizabeth II', '2022-09-19'),
    listedDays('Coronation of King Charles III', '2023-05-08'),
  ],
  early: [
    { rule: fixedDay('Christmas Eve', 12, 24, toWeekdayBefore), at: '12:30' },
    { rule: fixedDay("New Year's Eve", 12, 31, toWeekdayBefore), at: '12:30' },
  ],
};
