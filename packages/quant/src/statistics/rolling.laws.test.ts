import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coMoments } from './co-moments.ts';
import { variance } from './moments.ts';
import { rollingCoMoments, rollingMoments, rollingSlopes } from './rolling.ts';
import { mean } from './sum.ts';

/** Values of very different size, some of them alike in a row. */
const values = fc
  .array(
    fc.oneof(
      fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      fc.constantFrom(0, 0.01, 1000, -1e6),
    ),
    { minLength: 1, maxLength: 120 },
  )
  .map((each) => Float64Array.from(each));
const runs = { numRuns: 300 };

describe('rolling sums', () => {
  it('are those of each window by itself', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (x, window) => {
        const found = rollingMoments(x, window);
        expect(found.mean.length).toBe(Math.max(0, x.length - window + 1));
        found.mean.forEach((each, i) => {
          const part = x.subarray(i, i + window);
          const size = Math.max(...part.map(Math.abs));
          expect(Math.abs(each - mean(part))).toBeLessThanOrEqual(1e-9 * size + 1e-300);
          const squares = window === 1 ? 0 : variance(part) * (window - 1);
          const apart = Math.abs((found.squares[i] ?? Number.NaN) - squares);
          expect(apart).toBeLessThanOrEqual(1e-9 * squares + 1e-25 * size);
        });
      }),
      runs,
    );
  });

  it('of products are those of each window by itself', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 30 }), (x, window) => {
        const y = x.map((each, i) => each * 0.3 + Math.sin(i * 12.9898) * 0.01);
        const found = rollingCoMoments(x, y, window);
        found.xy.forEach((each, i) => {
          const { xx, xy, yy } = coMoments(x.subarray(i, i + window), y.subarray(i, i + window));
          expect(Math.abs(each - xy)).toBeLessThanOrEqual(1e-8 * Math.sqrt(xx * yy) + 1e-25);
        });
      }),
      runs,
    );
  });

  it('give the slopes of columns that lie side by side', () => {
    const row = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 600 }),
        fc.integer({ min: 2, max: 20 }),
        (rows, window) => {
          const x = Float64Array.from(rows, (_, i) => Math.sin(i * 78.233) * 0.02);
          const slopes = rollingSlopes(Float64Array.from(rows.flat()), 3, x, window);
          expect(slopes.length).toBe(Math.max(0, rows.length - window + 1) * 3);
          slopes.forEach((slope, at) => {
            const i = Math.floor(at / 3);
            const y = Float64Array.from(rows, (each) => each[at % 3] ?? Number.NaN);
            const part = coMoments(x.subarray(i, i + window), y.subarray(i, i + window));
            expect(Math.abs(slope - part.xy / part.xx)).toBeLessThan(1e-10);
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  it('have no slope where x does not vary', () => {
    const x = new Float64Array(10).fill(0.1);
    expect([...rollingSlopes(Float64Array.from(x.keys()), 1, x, 9)]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('forget a huge value that has left the window', () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => (i === 50 ? 1e8 : (i % 7) * 1e-4));
    const { squares } = rollingMoments(x, 49);
    expect(squares[300]).toBeCloseTo(variance(x.subarray(300, 349)) * 48, 20);
  });
});
