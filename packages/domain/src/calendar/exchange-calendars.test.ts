import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import type { ExchangeCalendar } from './exchange-calendar.ts';
import { calendarFor, exchangeCalendar, exchangeCalendars } from './exchange-calendars.ts';

function calendarOf(mic: string): ExchangeCalendar {
  const calendar = exchangeCalendar(mic);
  if (!calendar) throw new Error(`no calendar for ${mic}`);
  return calendar;
}

/** `01-19 07-03@13:00`: closed days of a year, and half days with their close. */
function exceptions(mic: string, year: number): string {
  return calendarOf(mic)
    .holidays(year)
    .map(({ day, closes }) => dayFromNumber(day).slice(5) + (closes === null ? '' : `@${closes}`))
    .join(' ');
}

/** `09:30-12:00 13:00-16:00` on the exchange's clocks. */
function hours(mic: string, day: string): string | null {
  const calendar = calendarOf(mic);
  const session = calendar.session(dayNumber(day));
  if (!session) return null;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: calendar.zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const instants = [
    session.open,
    ...session.breaks.flatMap(({ from, until }) => [from, until]),
    session.close,
  ].map((each) => clock.format(each));
  return Array.from({ length: instants.length / 2 }, (_, at) =>
    instants.slice(at * 2, at * 2 + 2).join('-'),
  ).join(' ');
}

/**
 * Published lists, transcribed. Days at weekends are left out of them, and a list that does not
 * give half days is compared without.
 */
const published: readonly (readonly [mic: string, year: number, list: string, source: string])[] = [
  [
    'XNYS',
    2026,
    '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 11-27@13:00 12-24@13:00 12-25',
    'NYSE Group, release of 23 December 2025',
  ],
  [
    'XNYS',
    2027,
    '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 11-26@13:00 12-24',
    'NYSE Group, release of 23 December 2025',
  ],
  [
    'XNYS',
    2028,
    '01-17 02-21 04-14 05-29 06-19 07-03@13:00 07-04 09-04 11-23 11-24@13:00 12-25',
    'NYSE Group, release of 23 December 2025',
  ],
  [
    'XNAS',
    2014,
    '01-01 01-20 02-17 04-18 05-26 07-03@13:00 07-04 09-01 11-27 11-28@13:00 12-24@13:00 12-25',
    'NYSE, holiday schedule 2014–2016',
  ],
  [
    'XLON',
    2012,
    '01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-24@12:30 12-25 12-26 12-31@12:30',
    'London Stock Exchange, business days 2012',
  ],
  [
    'XLON',
    2018,
    '01-01 03-30 04-02 05-07 05-28 08-27 12-24@12:30 12-25 12-26 12-31@12:30',
    'London Stock Exchange, business days 2018',
  ],
  [
    'XTSE',
    2015,
    '01-01 02-16 04-03 05-18 07-01 08-03 09-07 10-12 12-24@13:00 12-25 12-28',
    'Toronto Stock Exchange, market holidays 2015',
  ],
  ['XETR', 2006, '04-14 04-17 05-01 12-25 12-26 12-29@14:00', 'Deutsche Börse, 29 December 2005'],
  [
    'XETR',
    2017,
    '04-14 04-17 05-01 06-05 10-03 10-31 12-25 12-26 12-29@14:00',
    'Xetra, trading calendar 2017',
  ],
  [
    'XETR',
    2020,
    '01-01 04-10 04-13 05-01 06-01 12-24 12-25 12-30@14:00 12-31',
    'Börse Frankfurt, trading calendar 2020',
  ],
  [
    'XSWX',
    2024,
    '01-01 01-02 03-29 04-01 05-01 05-09 05-20 08-01 12-24 12-25 12-26 12-31',
    'SIX Swiss Exchange, trading calendar 2024',
  ],
  [
    'XSWX',
    2026,
    '01-01 01-02 04-03 04-06 05-01 05-14 05-25 12-24 12-25 12-31',
    'SIX Swiss Exchange, trading calendar 2026',
  ],
  [
    'XHKG',
    2010,
    '01-01 02-15 02-16 04-02 04-05 04-06 05-21 06-16 07-01 09-23 10-01 12-24@12:30 12-27 12-31@12:30',
    'General holidays for 2010, gazetted; eves by HKEX',
  ],
  [
    'XHKG',
    2014,
    '01-01 01-30@12:00 01-31 02-03 04-18 04-21 05-01 05-06 06-02 07-01 09-09 10-01 10-02 12-24@12:00 12-25 12-26 12-31@12:00',
    'General holidays for 2014, gazetted; eves by HKEX',
  ],
  [
    'XHKG',
    2021,
    '01-01 02-11@12:00 02-12 02-15 04-02 04-05 04-06 05-19 06-14 07-01 09-22 10-01 10-13 10-14 12-24@12:00 12-27 12-31@12:00',
    'Holiday table 2021 of China Merchants Securities (HK); 13 October lost to a typhoon (HKEX)',
  ],
  [
    'XTKS',
    2016,
    '01-01 01-11 02-11 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-22 10-10 11-03 11-23 12-23',
    'JPX, calendar 2016',
  ],
  [
    'XTKS',
    2022,
    '01-03 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23',
    'JPX, calendar 2022',
  ],
  [
    'XTKS',
    2026,
    '01-01 01-02 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23 12-31',
    'Cabinet Office of Japan, national holidays 2026; 2 January and 31 December by JPX',
  ],
  [
    'XASX',
    2025,
    '01-01 01-27 04-18 04-21 04-25 06-09 12-24@14:10 12-25 12-26 12-31@14:10',
    'ASX, trading calendar 2025',
  ],
  [
    'XBOM',
    2023,
    '01-26 03-07 03-30 04-04 04-07 04-14 05-01 06-29 08-15 09-19 10-02 10-24 11-12@19:15 11-14 11-27 12-25',
    'BSE notice 20221208-31, with Bakri Id moved to 29 June; Muhurat trading on 12 November',
  ],
  [
    'XNSE',
    2026,
    '01-15 01-26 02-01@15:30 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-08 11-10 11-24 12-25',
    'NSE circulars: trading holidays 2026, 15 January and the Budget on Sunday 1 February',
  ],
];

describe('published calendars', () => {
  it.each(published)('%s %i is as published: %s (%s)', (mic, year, list) => {
    expect(exceptions(mic, year)).toBe(list);
  });

  it('Indian special sessions are trading days even at weekends, and their list names them', () => {
    const india = calendarOf('XNSE');
    expect(india.isTradingDay(dayNumber('2026-11-08'))).toBe(true);
    expect(india.session(dayNumber('2026-11-08'))).toBeNull();
    expect(india.isOpenAt(Date.UTC(2026, 10, 8, 13))).toBeNull();
    expect(india.sessionDayOf(Date.UTC(2026, 10, 8, 13))).toBe(dayNumber('2026-11-08'));
    expect(hours('XNSE', '2025-02-01')).toBe('09:15-15:30');
    expect(hours('XBOM', '2024-05-18')).toBe('09:15-10:00 11:30-12:30');
  });
});

describe('sessions', () => {
  it.each([
    ['XNYS', '2024-03-11', '09:30-16:00'],
    ['XNYS', '2023-11-24', '09:30-13:00'],
    ['XNYS', '2002-07-05', '09:30-13:00'],
    ['XNYS', '2013-07-03', '09:30-13:00'],
    ['XNYS', '2013-07-05', '09:30-16:00'],
    ['XNYS', '2002-09-11', '12:00-16:00'],
    ['XLON', '2024-12-24', '08:00-12:30'],
    ['XETR', '2003-10-31', '09:00-20:00'],
    ['XETR', '2003-11-03', '09:00-17:30'],
    ['XFRA', '2022-10-03', '08:00-20:00'],
    ['XFRA', '2022-10-04', '08:00-22:00'],
    ['XPAR', '2024-12-31', '09:00-14:05'],
    ['XLIS', '2024-12-31', '08:00-13:05'],
    ['XTSE', '2001-09-11', '09:30-10:40'],
    ['XTKS', '2011-11-18', '09:00-11:00 12:30-15:00'],
    ['XTKS', '2011-11-21', '09:00-11:30 12:30-15:00'],
    ['XTKS', '2024-11-01', '09:00-11:30 12:30-15:00'],
    ['XTKS', '2024-11-05', '09:00-11:30 12:30-15:30'],
    ['XTKS', '2008-12-30', '09:00-11:00'],
    ['XTKS', '2009-01-05', '09:00-11:00'],
    ['XTKS', '2009-12-30', '09:00-11:00 12:30-15:00'],
    ['XTKS', '2006-01-18', '09:00-11:00 12:30-14:40'],
    ['XTKS', '2006-01-19', '09:00-11:00 13:00-15:00'],
    ['XHKG', '2011-03-04', '10:00-12:30 14:30-16:00'],
    ['XHKG', '2011-03-07', '09:30-12:00 13:30-16:00'],
    ['XHKG', '2012-03-05', '09:30-12:00 13:00-16:00'],
    ['XHKG', '2026-02-16', '09:30-12:00'],
    ['XASX', '2022-12-23', '10:00-16:00'],
    ['XASX', '2023-12-22', '10:00-14:10'],
    ['XSTO', '2026-10-30', '09:00-13:00'],
    ['XMAD', '2022-12-23', '09:00-17:30'],
    ['XMAD', '2024-12-24', '09:00-14:00'],
    ['XNSE', '1999-12-30', null],
    ['XHKG', '1999-12-30', null],
    ['XNSE', '2009-12-31', '09:55-15:30'],
    ['XNSE', '2010-10-15', '09:00-15:30'],
    ['XNSE', '2010-10-18', '09:15-15:30'],
    ['XNSE', '2025-10-21', '13:45-14:45'],
  ])('of %s on %s are %s', (mic, day, expected) => {
    expect(hours(mic, day)).toBe(expected);
  });

  it.each([
    // Where exchange_calendars 4 of July 2026 says otherwise; who is right is said in the guide.
    ['XETR', '2000-10-03', false],
    ['XTSE', '2001-09-11', true],
    ['XSWX', '2001-08-01', true],
    ['XSWX', '2002-05-09', true],
    ['XSWX', '2003-08-01', true],
    ['XHKG', '1987-10-20', false],
    ['XHKG', '1993-10-01', false],
    ['XHKG', '1998-05-04', true],
    ['XHKG', '2023-09-01', false],
    ['XHKG', '2023-09-08', false],
    ['XNSE', '1997-10-07', false],
    ['XNSE', '1999-11-07', true],
    ['XNSE', '2001-01-01', true],
    ['XNSE', '2004-01-01', true],
    ['XNSE', '2013-11-14', true],
    ['XNSE', '2013-11-15', false],
    ['XNSE', '2024-03-02', true],
  ])('%s on %s: trading is %s', (mic, day, trades) => {
    expect(calendarOf(mic).isTradingDay(dayNumber(day))).toBe(trades);
  });
});

describe('calendars without an exchange', () => {
  it('crypto never closes', () => {
    const crypto = calendarFor({ kind: 'crypto', currency: 'USD', mic: 'XNYS' });
    const christmas = dayNumber('2025-12-25');
    expect(crypto.session(christmas)).toEqual({
      open: Date.UTC(2025, 11, 25),
      close: Date.UTC(2025, 11, 26),
      breaks: [],
      half: false,
    });
    expect(crypto.tradingDays(christmas, christmas + 366)).toHaveLength(366);
  });

  it('currencies trade from Sunday to Friday, 17:00 in New York', () => {
    const currencies = calendarFor({ kind: 'fx', currency: 'USD' });
    const at = (text: string) => currencies.sessionDayOf(Date.parse(text));
    expect(at('2024-03-08T21:59:59Z')).toBe(dayNumber('2024-03-08'));
    expect(at('2024-03-08T22:00:00Z')).toBeNull();
    expect(at('2024-03-10T20:59:59Z')).toBeNull();
    expect(at('2024-03-10T21:00:00Z')).toBe(dayNumber('2024-03-11'));
    expect(currencies.isOpenAt(Date.parse('2024-03-09T12:00:00Z'))).toBe(false);
  });

  it('an unknown exchange gets weekdays, said to be a guess', () => {
    const guessed = calendarFor({ kind: 'equity', currency: 'ZAR', mic: 'XJSE' });
    expect(guessed.guess).toBe(true);
    expect(guessed.isTradingDay(dayNumber('2025-12-25'))).toBe(true);
    expect(guessed.isTradingDay(dayNumber('2025-12-27'))).toBe(false);
    expect(calendarFor({ kind: 'etf', currency: 'USD' }).guess).toBe(true);
    expect(exchangeCalendar('XJSE')).toBeNull();
  });

  it('market segments keep the calendar of their exchange', () => {
    expect(exchangeCalendar('XNGS')?.mic).toBe('XNAS');
    expect(calendarFor({ kind: 'etf', currency: 'EUR', mic: 'ETFP' }).mic).toBe('XMIL');
    expect(exchangeCalendars.every((each) => !each.guess)).toBe(true);
  });
});
