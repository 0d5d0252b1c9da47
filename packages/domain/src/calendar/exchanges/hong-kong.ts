import type { CalendarRules } from '../calendar-rules.ts';
import { fixedDay, type HolidayRule, listedDays, namedDays } from '../holiday-rule.ts';
import { lunarFestivals } from '../lunar-festivals.ts';
import { hongKongHolidays } from './hong-kong-holidays.ts';

const lunarNewYearsEve: HolidayRule = {
  name: "Lunar New Year's Eve",
  days: (year) => {
    const lunar = lunarFestivals(year);
    return lunar ? [lunar.newYear - 1] : [];
  },
};

/**
 * The Stock Exchange of Hong Kong: general holidays; only the morning on the eves of Christmas, New
 * Year and Lunar New Year; until September 2024 closed in typhoons and black rainstorms. Mornings
 * or afternoons lost to the weather, and hours before 2000, are not on record here.
 *
 * Source: HKEX, "Trading calendar" of each year; news releases of 24 January 2011 and 1 March 2012
 * (hours); for days lost to the weather, days on which the Hang Seng Index was computed and, since 2021,
 * HKEX's announcements (8 and 1 September 2023: South China Morning Post).
 */
export const hongKong: CalendarRules = {
  mic: 'XHKG',
  name: 'Hong Kong Stock Exchange',
  zone: 'Asia/Hong_Kong',
  known: { from: '1987-01-01', until: '2031-01-01' },
  hours: [
    { from: '2000-01-01', open: '10:00', close: '16:00', breaks: [['12:30', '14:30']] },
    { from: '2011-03-07', open: '09:30', close: '16:00', breaks: [['12:00', '13:30']] },
    { from: '2012-03-05', open: '09:30', close: '16:00', breaks: [['12:00', '13:00']] },
  ],
  closed: [
    namedDays('General holiday', hongKongHolidays),
    listedDays('70 years since the victory over Japan', '2015-09-03'),
    listedDays(
      'Typhoon',
      '2001-07-06',
      '2001-07-25',
      '2008-08-06',
      '2008-08-22',
      '2011-09-29',
      '2013-08-14',
      '2016-08-02',
      '2016-10-21',
      '2017-08-23',
      '2020-10-13',
      '2021-10-13',
      '2023-07-17',
      '2023-09-01',
      '2024-09-06',
    ),
    listedDays('Black rainstorm', '2023-09-08'),
  ],
  early: [
    { rule: lunarNewYearsEve, at: 'break' },
    { rule: fixedDay('Christmas Eve', 12, 24), at: 'break' },
    { rule: fixedDay("New Year's Eve", 12, 31), at: 'break' },
  ],
};
