import { describe, expect, it } from 'vitest';
import { american, aroundTheClock, finishedBars, finishedDays } from './finished-days.ts';

const at = (text: string): number => Date.parse(text);

describe('the end of a range of days', () => {
  it.each([
    ['2026-06-03T14:00:00Z', aroundTheClock, '2026-06-03'],
    ['2026-06-03T23:59:59Z', aroundTheClock, '2026-06-03'],
    ['2026-06-04T00:00:00Z', aroundTheClock, '2026-06-04'],
    // Seven in the evening of New York, in summer and in winter.
    ['2026-06-03T23:00:00Z', american, '2026-06-03'],
    ['2026-01-15T00:59:00Z', american, '2026-01-14'],
    ['2026-06-04T00:30:00Z', american, '2026-06-04'],
    ['2026-01-15T01:30:00Z', american, '2026-01-15'],
  ] as const)('at %s for %j is %s', (now, end, expected) => {
    expect(finishedDays('9999-12-31', at(now), end)).toBe(expected);
    expect(finishedDays('2020-01-01', at(now), end)).toBe('2020-01-01');
  });

  it('leaves out the bar under way, and not the one that has just ended', () => {
    const minute = 60_000;
    const start = at('2026-06-03T14:00:00Z');
    expect(start).toBeLessThan(finishedBars(Number.MAX_SAFE_INTEGER, start + minute, minute));
    expect(start).not.toBeLessThan(
      finishedBars(Number.MAX_SAFE_INTEGER, start + minute - 1, minute),
    );
  });
});
