import { dayNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFor } from '../calendar/exchange-calendars.ts';
import { barDays } from './bar-days.ts';
import { resample } from './resample.ts';
import { alwaysOpen, type Sessions } from './sessions.ts';
import type { TimedBars } from './timed-bars.ts';
import type { Timeframe } from './timeframe.ts';
import { type Stretch, wholeBars } from './whole-bars.ts';

const minute = 60_000;
const dayMs = 1_440 * minute;
const monday = dayNumber('2024-03-04') * dayMs;
const listedIn = (mic: string) => calendarFor({ kind: 'equity', currency: 'USD', mic });
const currencies = calendarFor({ kind: 'fx', currency: 'USD' });

/** Sessions that begin the evening before, in the middle of it in UTC, with a break, and always. */
const anySessions = fc.constantFrom<Sessions>(
  ...[currencies, listedIn('XASX'), listedIn('XNYS'), listedIn('XHKG'), alwaysOpen],
);

/** Minutes of ten days with gaps; on one of them clocks change in New York. */
const anyMinutes = fc
  .uniqueArray(fc.integer({ min: 0, max: 14_400 }), { minLength: 1, maxLength: 300 })
  .map((minutes): TimedBars => {
    const from = Float64Array.from(
      minutes.sort((a, b) => a - b),
      (i) => monday + i * minute,
    );
    const column = from.map((_, i) => i + 1);
    return { from, open: column, high: column, low: column, close: column, volume: column };
  });

const anyEnd = fc.oneof(
  fc.integer({ min: -100, max: 14_500 }).map((i) => monday + i * minute),
  fc.integer({ min: -1, max: 11 }).map((day) => monday + day * dayMs),
  fc.integer({ min: 0, max: 10 * dayMs }).map((ms) => monday + ms),
);
const anyRange = fc
  .tuple(
    fc.oneof(anyEnd, fc.constant(Number.NEGATIVE_INFINITY)),
    fc.oneof(anyEnd, fc.constant(Number.POSITIVE_INFINITY)),
  )
  .map(([from, until]): Stretch => ({ from, until }));

const within = (bars: TimedBars, { from, until }: Stretch): TimedBars => {
  const keep = (_: number, i: number) =>
    (bars.from[i] as number) >= from && (bars.from[i] as number) < until;
  return {
    from: bars.from.filter(keep),
    open: bars.open.filter(keep),
    high: bars.high.filter(keep),
    low: bars.low.filter(keep),
    close: bars.close.filter(keep),
    volume: bars.volume.filter(keep),
  };
};

describe('whole bars', () => {
  it('of a range are those of everything that start in it', () => {
    fc.assert(
      fc.property(
        anyMinutes,
        anySessions,
        fc.constantFrom<Timeframe>('1m', '5m', '15m', '1h', '1d'),
        anyRange,
        (bars, sessions, timeframe, range) => {
          const all = resample(bars, timeframe, sessions).bars;
          const read = within(bars, wholeBars(range, timeframe, sessions));
          const some = resample(read, timeframe, sessions).bars;
          expect(within(some, range)).toEqual(within(all, range));
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('the day of a bar', () => {
  const dayOf = (time: string, calendar = listedIn('XASX'), timeframe: Timeframe = '1m') =>
    barDays(Float64Array.of(Date.parse(time)), timeframe, calendar)[0];

  it.each([
    ['of the session, which UTC may call the day before', '2024-01-11T23:00Z', '2024-01-12'],
    ['of the auction after it', '2024-01-12T05:10Z', '2024-01-12'],
    ['of the clocks there on a weekend', '2024-01-12T14:00Z', '2024-01-13'],
  ])('is that %s', (_, time, day) => {
    expect(dayOf(time)).toBe(dayNumber(day));
  });

  it('of currencies begins at 17:00 in New York, of a daily bar is its name', () => {
    expect(dayOf('2024-01-11T22:00Z', currencies)).toBe(dayNumber('2024-01-12'));
    expect(dayOf('2024-01-11T21:59Z', currencies)).toBe(dayNumber('2024-01-11'));
    const newYork = listedIn('XNYS');
    expect(dayOf('2024-01-12T00:30Z', newYork)).toBe(dayNumber('2024-01-11'));
    expect(dayOf('2024-01-12T00:00Z', newYork, '1d')).toBe(dayNumber('2024-01-12'));
  });

  it('never falls from one bar to the next', () => {
    const calendars = [currencies, listedIn('XASX'), listedIn('XNYS'), listedIn('XHKG')];
    fc.assert(
      fc.property(anyMinutes, fc.constantFrom(...calendars), ({ from }, calendar) => {
        const days = barDays(from, '1m', calendar);
        expect([...days]).toEqual([...days].sort((a, b) => a - b));
      }),
    );
  });
});
