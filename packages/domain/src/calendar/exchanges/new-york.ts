import { type DayNumber, weekday } from '@plimsoll/kernel';
import type { CalendarRules } from '../calendar-rules.ts';
import {
  aroundEaster,
  dayIn,
  fixedDay,
  type HolidayRule,
  inYears,
  listedDays,
  nthWeekday,
  nthWeekdayOf,
  sundayToMonday,
  toNearestWeekday,
} from '../holiday-rule.ts';

const [monday, thursday, friday] = [0, 3, 4];

/** The half day at Independence Day: until 2012 the Friday after a Thursday, since then the day before. */
const independenceHalfDay: HolidayRule = {
  name: 'Independence Day',
  days: (year) => {
    const fourth = dayIn(year, 7, 4);
    const on = weekday(fourth);
    if (on === thursday && year < 2013) return [fourth + 1];
    return on > monday && on <= friday ? [fourth - 1] : [];
  },
};

const christmasEve: HolidayRule = {
  name: 'Christmas Eve',
  days: (year) => onlyBefore(friday, dayIn(year, 12, 24)),
};

const onlyBefore = (limit: number, day: DayNumber): readonly DayNumber[] =>
  weekday(day) < limit ? [day] : [];

const dayAfterThanksgiving: HolidayRule = {
  name: 'Day after Thanksgiving',
  days: (year) => [nthWeekdayOf(year, 11, 4, thursday) + 1],
};

/**
 * The New York Stock Exchange, and with the same days Nasdaq and the other United States exchanges.
 *
 * Source: NYSE Rules 7.2 and 51 (holidays, with Saturday's kept on Friday and Sunday's on Monday, but
 * no New Year's Day on a Friday, as it ends the year's books); NYSE, "Holidays & Trading Hours"
 * 2024–2028; NYSE, "Special closings" since 1885 for days of mourning, storms and attacks.
 */
export const newYork: CalendarRules = {
  mic: 'XNYS',
  name: 'New York Stock Exchange',
  zone: 'America/New_York',
  known: { from: '1995-01-01', until: '2031-01-01' },
  hours: [{ from: '1985-09-30', open: '09:30', close: '16:00' }],
  closed: [
    fixedDay("New Year's Day", 1, 1, sundayToMonday),
    inYears(1998, 9999, nthWeekday('Martin Luther King, Jr. Day', 1, 3, monday)),
    nthWeekday("Washington's Birthday", 2, 3, monday),
    aroundEaster('Good Friday', -2),
    nthWeekday('Memorial Day', 5, -1, monday),
    inYears(2022, 9999, fixedDay('Juneteenth', 6, 19, toNearestWeekday)),
    fixedDay('Independence Day', 7, 4, toNearestWeekday),
    nthWeekday('Labor Day', 9, 1, monday),
    nthWeekday('Thanksgiving Day', 11, 4, thursday),
    fixedDay('Christmas Day', 12, 25, toNearestWeekday),
    listedDays('Attacks of 11 September', '2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'),
    listedDays('Mourning for President Reagan', '2004-06-11'),
    listedDays('Mourning for President Ford', '2007-01-02'),
    listedDays('Hurricane Sandy', '2012-10-29', '2012-10-30'),
    listedDays('Mourning for President George H. W. Bush', '2018-12-05'),
    listedDays('Mourning for President Carter', '2025-01-09'),
  ],
  early: [
    { rule: independenceHalfDay, at: '13:00' },
    { rule: dayAfterThanksgiving, at: '13:00' },
    { rule: christmasEve, at: '13:00' },
    { rule: listedDays('Day after Christmas', '1997-12-26', '2003-12-26'), at: '13:00' },
    { rule: listedDays("New Year's Eve", '1999-12-31'), at: '13:00' },
  ],
  special: [
    { day: '2002-09-11', name: 'Anniversary of 11 September', hours: [['12:00', '16:00']] },
  ],
};
