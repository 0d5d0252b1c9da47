import { expect, test } from 'vitest';
import { daysBetween, formatDay, isDay, monthsBefore } from './days.ts';

test('months back end on a day that exists', () => {
  expect(monthsBefore('2026-03-31', 1)).toBe('2026-02-28');
  expect(monthsBefore('2024-02-29', 12)).toBe('2023-02-28');
  expect(monthsBefore('2026-01-15', 1)).toBe('2025-12-15');
});

test('a day is the same day in every time zone', () => {
  expect(formatDay('2026-11-20', 'en-IE')).toBe('20 Nov 2026');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
});

test('days that do not exist are not days', () => {
  expect(isDay('2026-02-29')).toBe(false);
  expect(isDay('2024-02-29')).toBe(true);
  expect(isDay('1/2/2026')).toBe(false);
});
