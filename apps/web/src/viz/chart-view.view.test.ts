import { expect, test } from 'vitest';
import { extentOf, lastKnown, spread, thin, timeTicks, toCsv } from './chart-view.ts';

const series = (values: readonly (number | null)[]) => [{ key: 'a', label: 'A', values }];

test('the extent leaves out what is unknown and takes in zero where it is near', () => {
  const [low, high] = extentOf(series([null, 10, 100]), true);
  expect(low).toBe(0);
  expect(high).toBeGreaterThan(100);
  expect(extentOf(series([80, 100]), true)[0]).toBeGreaterThan(70);
  expect(extentOf(series([null]), true)).toEqual([0, 1]);
});

test('thinning keeps every spike and both ends', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => (index === 6_543 ? 99 : index % 3));
  const kept = thin(values, 400);
  expect(kept.length).toBeLessThan(1_000);
  expect(kept).toContain(6_543);
  expect(kept[0]).toBe(0);
  expect(kept.at(-1)).toBe(9_999);
});

test('thinning keeps a gap a gap', () => {
  const values = Array.from({ length: 10_000 }, (_, index) =>
    index > 4_000 && index < 4_010 ? null : 1,
  );
  expect(thin(values, 200).some((index) => values[index] === null)).toBe(true);
});

test('labels that would overlap move apart and stay inside', () => {
  expect(spread([10, 12, 90], 20, [0, 100])).toEqual([10, 30, 90]);
  expect(spread([95, 94], 20, [0, 100])).toEqual([100, 80]);
});

test('the time axis takes the unit that fits', () => {
  const days = ['2024-12-30', '2025-01-02', '2026-01-02', '2027-01-04'];
  expect(timeTicks(days, 8)).toEqual({
    unit: 'year',
    ticks: [
      { index: 1, day: '2025-01-02' },
      { index: 2, day: '2026-01-02' },
      { index: 3, day: '2027-01-04' },
    ],
  });
});

test('what is last known, and the table as CSV', () => {
  expect(lastKnown([1, 2, null])).toEqual({ index: 1, value: 2 });
  expect(lastKnown([null])).toBeNull();
  expect(toCsv(['2026-01-01', '2026-01-02'], series([1.5, null]))).toBe(
    'date,a\n2026-01-01,1.5\n2026-01-02,\n',
  );
});
