import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  businessDaysBetween,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  isDay,
  weekday,
} from './day.ts';

const first = dayNumber('1900-01-01');
const last = dayNumber('2200-12-31');
const day = fc.integer({ min: first, max: last });

describe('calendar days', { timeout: 60_000 }, () => {
  it('agree with the platform on every day from 1900 to 2200', () => {
    expect(first).toBe(-25_567);
    for (let number = first; number <= last; number++) {
      const date = new Date(number * 86_400_000);
      const text = date.toISOString().slice(0, 10);
      if (dayFromNumber(number) !== text || dayNumber(text) !== number) {
        expect(dayFromNumber(number)).toBe(text);
      }
      if (weekday(number) !== (date.getUTCDay() + 6) % 7) {
        expect(weekday(number)).toBe((date.getUTCDay() + 6) % 7);
      }
    }
  });

  it('add and subtract', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (number, count) => {
        const text = dayFromNumber(number);
        expect(daysBetween(text, addDays(text, count))).toBe(count);
        expect(addDays(text, count) < text).toBe(count < 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('count business days as one by one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -3, max: 60 }), (from, length) => {
        let count = 0;
        for (let each = from + 1; each <= from + length; each++) if (weekday(each) < 5) count++;
        expect(businessDaysBetween(from, from + length)).toBe(count);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-01', '26-01-01', '2026-04-31', ''])(
    'there is no %s',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  it('there are leap days every four years but not every hundred', () => {
    expect(['2024-02-29', '2000-02-29', '1900-02-29', '2100-02-29'].map(isDay)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(dayOf(2024, 2, 30).ok).toBe(false);
  });
});
