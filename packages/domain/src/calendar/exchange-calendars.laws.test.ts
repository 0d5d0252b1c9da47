import { dayFromNumber, dayNumber, weekday } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeCalendar } from './exchange-calendar.ts';
import { calendarFor, exchangeCalendars } from './exchange-calendars.ts';

const crypto = calendarFor({ kind: 'crypto', currency: 'USD' });
const currencies = calendarFor({ kind: 'fx', currency: 'USD' });
const guessed = calendarFor({ kind: 'equity', currency: 'USD', mic: 'XXXX' });
const all = [...exchangeCalendars, crypto, currencies, guessed];

const someCalendar = fc.constantFrom(...all);
const someYear = fc.integer({ min: 2000, max: 2030 });
const someDay = fc.integer({ min: dayNumber('1986-06-01'), max: dayNumber('2031-06-01') });

/** The obvious way to list trading days. */
function oneByOne(calendar: ExchangeCalendar, from: number, until: number): number[] {
  const days: number[] = [];
  for (let day = from; day < until; day++) if (calendar.isTradingDay(day)) days.push(day);
  return days;
}

describe('exchange calendars', () => {
  it('list the trading days that they answer for one by one', () => {
    fc.assert(
      fc.property(
        someCalendar,
        someDay,
        fc.integer({ min: -5, max: 900 }),
        (calendar, from, length) => {
          const days = calendar.tradingDays(from, from + length);
          expect([...days]).toEqual(oneByOne(calendar, from, from + length));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('step to the nearest trading days, with none between', () => {
    fc.assert(
      fc.property(someCalendar, someDay, (calendar, day) => {
        const before = calendar.previous(day);
        const after = calendar.next(day);
        fc.pre(before !== null && after !== null);
        expect([before, after].map((each) => calendar.isTradingDay(each))).toEqual([true, true]);
        const between = [...calendar.tradingDays(before + 1, after)];
        expect(between).toEqual(calendar.isTradingDay(day) ? [day] : []);
      }),
      { numRuns: 300 },
    );
  });

  it('step forth and back to where they were', () => {
    fc.assert(
      fc.property(someCalendar, someDay, (calendar, from) => {
        const day = calendar.next(from);
        fc.pre(day !== null);
        const before = calendar.previous(day);
        const after = calendar.next(day);
        if (before !== null) expect(calendar.next(before)).toBe(day);
        if (after !== null) expect(calendar.previous(after)).toBe(day);
      }),
      { numRuns: 300 },
    );
  });

  it.each(all.map((each) => [each.mic, each] as const))(
    'of %s trade one session after the other',
    (_, calendar) => {
      let lastClose = Number.NEGATIVE_INFINITY;
      const from = Math.max(calendar.known.from, dayNumber('2000-01-01'));
      for (const day of calendar.tradingDays(from, Math.min(calendar.known.until, from + 1500))) {
        const session = calendar.session(day);
        if (!session) continue;
        const ordered = [
          lastClose,
          session.open,
          ...session.breaks.flatMap((each) => [each.from, each.until]),
          session.close,
        ];
        // The next session of a market that never rests opens as the one before closes.
        expect(session.open).toBeGreaterThanOrEqual(lastClose);
        for (let at = 2; at < ordered.length; at++) {
          expect(ordered[at]).toBeGreaterThan(ordered[at - 1] ?? Number.NaN);
        }
        lastClose = session.close;
      }
    },
  );

  it('open, pause and close when their sessions say so', () => {
    fc.assert(
      fc.property(
        someCalendar,
        someDay,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (calendar, day, part) => {
          const session = calendar.session(day);
          if (!session) return;
          const instant = Math.floor(session.open + part * (session.close - 1 - session.open));
          const paused = session.breaks.some(
            (each) => instant >= each.from && instant < each.until,
          );
          expect(calendar.sessionDayOf(instant)).toBe(day);
          expect(calendar.isOpenAt(instant)).toBe(!paused);
          if (calendar !== crypto && calendar !== guessed && calendar !== currencies) {
            expect(calendar.isOpenAt(session.close)).toBe(false);
            expect(calendar.isOpenAt(session.open - 1)).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('name days once, in order, and trade on those that close early', () => {
    fc.assert(
      fc.property(someCalendar, someYear, (calendar, year) => {
        const named = calendar.holidays(year);
        const days = named.map(({ day }) => day);
        expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
        expect(named.every(({ name }) => name !== '')).toBe(true);
        const early = named.filter(({ closes }) => closes !== null);
        expect(early.every(({ day }) => calendar.isTradingDay(day))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('name every closed weekday and every half day', () => {
    fc.assert(
      fc.property(someCalendar, someYear, (calendar, year) => {
        const first = dayNumber(`${year}-01-01`);
        const odd = (day: number): boolean =>
          (weekday(day) < 5 && calendar.isTradingDay(day) === false) ||
          calendar.session(day)?.half === true;
        const found = Array.from({ length: 365 }, (_, at) => first + at).filter(odd);
        const named = new Set(calendar.holidays(year).map(({ day }) => day));
        expect(found.filter((day) => !named.has(day)).map(dayFromNumber)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('do not guess outside the days they are good for', () => {
    for (const calendar of all) {
      const { from, until } = calendar.known;
      expect(calendar.isTradingDay(from - 1)).toBeNull();
      expect(calendar.isTradingDay(until)).toBeNull();
      expect(calendar.session(until)).toBeNull();
      expect(calendar.isOpenAt((until + 3) * 86_400_000)).toBeNull();
      expect(calendar.next(until + 10)).toBeNull();
      expect(calendar.previous(from)).toBeNull();
      expect(calendar.tradingDays(until, until + 400)).toHaveLength(0);
      expect(calendar.tradingDays(from, until).at(-1)).toBeLessThan(until);
    }
  });
});
