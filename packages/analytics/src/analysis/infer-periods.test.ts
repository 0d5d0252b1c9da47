import { addDays, parameterTable } from '@plimsoll/kernel';
import { expect, it } from 'vitest';
import { inferPeriods, yearOf } from './infer-periods.ts';

const table = parameterTable({
  series: { kind: 'series', of: 'prices', title: 'Prices' },
  periodsPerYear: { kind: 'number', title: 'Periods a year', default: 252 },
});
const every = (gap: number, n = 60): string[] =>
  Array.from({ length: n }, (_, i) => addDays('2024-01-01', Math.round(i * gap)));
const weekdays = every(1, 200).filter((day) => new Date(day).getUTCDay() % 6 !== 0);
const inferred = (days: readonly string[]): unknown =>
  inferPeriods(table, { series: { days, values: [] } }).values['periodsPerYear'];

it.each([
  ['weekdays', weekdays, 252],
  ['every day of the week', every(1), 365],
  ['weeks', every(7), 52],
  ['months', every(30.44), 12],
  ['quarters', every(91.3), 4],
  ['years', every(365.25, 10), 1],
  ['ten years apart', every(3652, 10), undefined],
  ['two days', ['2024-01-01', '2024-01-02'], undefined],
])('%s', (_, days, periods) => {
  expect(inferred(days)).toBe(periods);
});

it('leaves what was said, and says what it inferred', () => {
  const series = { days: every(30.44), values: [] };
  expect(inferPeriods(table, { series, periodsPerYear: 252 }).values['periodsPerYear']).toBe(252);
  expect(inferPeriods(table, { series }).notes).toEqual([
    'The data are of months, so 12 periods are taken for a year.',
  ]);
  expect(inferPeriods(table, { series: { days: weekdays, values: [] } }).notes).toEqual([]);
});

it('leaves a table without a default to the analysis that joins the data', () => {
  const joined = parameterTable({
    series: { kind: 'series', of: 'prices', title: 'Prices' },
    periodsPerYear: { kind: 'number', title: 'Periods a year', optional: true },
  });
  const values = { series: { days: every(30.44), values: [] } };
  expect(inferPeriods(joined, values)).toEqual({ values, notes: [] });
});

it('takes the year of a sample from its days, or from who asks, and questions the latter', () => {
  expect(yearOf(every(30.44), undefined).periodsPerYear).toBe(12);
  expect(yearOf([], undefined)).toEqual({ periodsPerYear: 252, notes: [] });
  expect(yearOf(weekdays, 365)).toEqual({ periodsPerYear: 365, notes: [] });
  const odd = yearOf(every(30.44), 252);
  expect(odd.periodsPerYear).toBe(252);
  expect(odd.notes).toEqual([expect.stringMatching(/^252 periods .* are of months, 12 a year/)]);
});
