import type { CalendarRules, ClockSpan, SpecialDay } from '../calendar-rules.ts';
import { namedDays } from '../holiday-rule.ts';
import { indianHolidays } from './india-holidays.ts';

const special = (name: string, day: string, ...hours: readonly ClockSpan[]): SpecialDay => ({
  day,
  name,
  hours: hours.length > 0 ? hours : null,
});
const muhurat = (day: string, ...hours: readonly ClockSpan[]): SpecialDay =>
  special('Muhurat trading', day, ...hours);
const live = (day: string, ...hours: readonly ClockSpan[]): SpecialDay =>
  special('Special live trading', day, ...hours);
const budget = (day: string): SpecialDay => special('Union Budget', day, ['09:15', '15:30']);

/** Diwali's short session on a day otherwise closed; its hours are those that reports of the year give. */
const muhuratDays: readonly SpecialDay[] = [
  muhurat('1997-10-30'),
  muhurat('1998-10-19'),
  muhurat('1999-11-07'),
  muhurat('2000-10-26'),
  muhurat('2001-11-14'),
  muhurat('2002-11-04'),
  muhurat('2003-10-25'),
  muhurat('2004-11-12'),
  muhurat('2005-11-01'),
  muhurat('2006-10-21'),
  muhurat('2007-11-09'),
  muhurat('2008-10-28'),
  muhurat('2009-10-17'),
  muhurat('2010-11-05'),
  muhurat('2011-10-26', ['16:45', '18:00']),
  muhurat('2012-11-13', ['15:45', '17:00']),
  muhurat('2013-11-03'),
  muhurat('2014-10-23'),
  muhurat('2015-11-11'),
  muhurat('2016-10-30', ['18:30', '19:30']),
  muhurat('2017-10-19', ['18:30', '19:30']),
  muhurat('2018-11-07', ['17:30', '18:30']),
  muhurat('2019-10-27', ['18:15', '19:15']),
  muhurat('2020-11-14', ['18:15', '19:15']),
  muhurat('2021-11-04', ['18:15', '19:15']),
  muhurat('2022-10-24', ['18:15', '19:15']),
  muhurat('2023-11-12', ['18:15', '19:15']),
  muhurat('2024-11-01', ['18:00', '19:00']),
  muhurat('2025-10-21', ['13:45', '14:45']),
  muhurat('2026-11-08'),
];

/** Saturdays and Sundays on which the Nifty 50 was computed. */
const weekendSessions: readonly SpecialDay[] = [
  live('1997-03-01'),
  live('1997-04-12'),
  live('1998-10-31'),
  live('1998-11-21'),
  live('1998-11-28'),
  live('1999-02-27'),
  live('1999-03-20'),
  live('1999-04-17'),
  live('1999-10-23'),
  live('2003-03-22'),
  live('2003-11-15'),
  live('2004-04-17'),
  live('2004-10-09'),
  live('2005-06-04'),
  live('2005-11-26'),
  live('2006-04-29'),
  live('2006-06-25'),
  live('2010-02-06'),
  live('2012-01-07'),
  live('2012-03-03'),
  live('2012-04-28', ['11:15', '12:45']),
  live('2012-09-08'),
  live('2013-05-11'),
  live('2014-03-22', ['11:15', '12:45']),
  budget('2015-02-28'),
  budget('2020-02-01'),
  live('2024-01-20', ['09:15', '15:30']),
  live('2024-03-02', ['09:15', '10:00'], ['11:30', '12:30']),
  live('2024-05-18', ['09:15', '10:00'], ['11:30', '12:30']),
  budget('2025-02-01'),
  budget('2026-02-01'),
];

/**
 * The National Stock Exchange of India.
 *
 * Source: see `indianHolidays`; NSE circulars on special sessions as reported by Mint, NDTV Profit
 * and Zee Business; opening at 9:00 from 4 January 2010 and at 9:15 from 18 October 2010, at 9:55
 * before. Until when it was 10:00 before that is not known.
 */
export const nse: CalendarRules = {
  mic: 'XNSE',
  name: 'National Stock Exchange of India',
  zone: 'Asia/Kolkata',
  known: { from: '1997-01-01', until: '2027-01-01' },
  hours: [
    { from: '2000-01-01', open: '09:55', close: '15:30' },
    { from: '2010-01-04', open: '09:00', close: '15:30' },
    { from: '2010-10-18', open: '09:15', close: '15:30' },
  ],
  closed: [namedDays('Exchange holiday', indianHolidays)],
  special: [...muhuratDays, ...weekendSessions],
};

/** BSE: since 2000 it keeps the days of NSE. */
export const bse: CalendarRules = {
  ...nse,
  mic: 'XBOM',
  name: 'BSE',
  known: { from: '2000-01-01', until: nse.known.until },
};
