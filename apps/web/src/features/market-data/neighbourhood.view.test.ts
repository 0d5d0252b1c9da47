import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAfter, neighbourhoodOf } from './neighbourhood.ts';

const box = { width: 400, height: 120 };
const dayMs = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const price = fc.double({ min: 1e-6, max: 1e9, noNaN: true });

test('every close lies in the box, whatever the prices and wherever the odd one stands', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(price), { minLength: 2, maxLength: 60 }),
      fc.integer({ min: -5, max: 70 }),
      fc.option(price),
      (close, at, odd) => {
        const bars = { from: close.map((_, row) => start + row * dayMs), close };
        const found = neighbourhoodOf(bars, { day: dayAfter('2026-01-01', at), close: odd }, box);
        const known = close.filter((one) => one !== null);
        if (known.length < 2) {
          expect(found).toBeNull();
          return;
        }
        const numbers = (found?.path.match(/[\d.-]+/g) ?? []).map(Number);
        expect(numbers).toHaveLength(2 * known.length);
        for (const [index, value] of numbers.entries()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(index % 2 === 0 ? box.width : box.height);
        }
        expect(found?.odd === null).toBe(odd === null);
      },
    ),
  );
});

test('a price a hundred times off does not flatten its neighbours', () => {
  const bars = { from: [start, start + dayMs, start + 2 * dayMs], close: [10, 11, 10] };
  const found = neighbourhoodOf(bars, { day: '2026-01-03', close: 1050 }, box);
  expect(found?.isLogarithmic).toBe(true);
  const heights = (found?.path.match(/[\d.]+/g) ?? [])
    .map(Number)
    .filter((_, index) => index % 2 === 1);
  expect((heights[0] ?? 0) - (heights[1] ?? 0)).toBeGreaterThan(1);
});

test('days that are none stay as they are', () => {
  expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(dayAfter('not a day', 1)).toBe('not a day');
});
