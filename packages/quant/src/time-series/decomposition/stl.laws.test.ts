import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { seriesG } from '../testing/series-g.ts';
import { type StlOptions, stl } from './stl.ts';

const series = fc
  .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 24, maxLength: 60 })
  .map((list) => Float64Array.from(list));

describe('stl', () => {
  it('sums to the series, and weighs between 0 and 1', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 12 }), fc.boolean(), (y, period, robust) => {
        const parts = fittedOrThrow(stl(y, { period, robust }));
        y.forEach((each, t) => {
          expect(parts.trend[t] + parts.seasonal[t] + parts.remainder[t]).toBeCloseTo(each, 9);
        });
        expect(parts.weights.every((each) => each >= 0 && each <= 1)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('moves with shift and scale', () => {
    fc.assert(
      fc.property(series, fc.double({ min: -9, max: 9, noNaN: true }), (y, k) => {
        const one = fittedOrThrow(stl(y, { period: 6 }));
        const other = fittedOrThrow(
          stl(
            y.map((each) => k * each + 7),
            { period: 6 },
          ),
        );
        y.forEach((_, t) => {
          expect(other.trend[t]).toBeCloseTo(k * one.trend[t] + 7, 8);
          expect(other.seasonal[t]).toBeCloseTo(k * one.seasonal[t], 8);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('finds a line and a season that repeats', () => {
    const y = Float64Array.from({ length: 48 }, (_, t) => 3 + 0.5 * t + [4, -1, -3, 0][t % 4]);
    const { trend, seasonal } = fittedOrThrow(stl(y, { period: 4 }));
    expect(trend[20]).toBeCloseTo(13, 6);
    expect(seasonal[20]).toBeCloseTo(4, 6);
  });

  // [place 0, 50, 143] of trend and season, statsmodels 0.13.5.
  const known: readonly (readonly [StlOptions, readonly number[], readonly number[]])[] = [
    [
      { period: 12 },
      [122.63347623, 219.32493736, 495.5344856],
      [-11.02216788, 8.44258888, -60.93521513],
    ],
    [
      { period: 12, robust: true },
      [122.55173779, 214.35794031, 500.71081256],
      [-11.14857739, 3.46118785, -68.68219113],
    ],
    [
      { period: 12, seasonal: 13, trend: 25, robust: true },
      [121.22096345, 215.89947999, 499.0672414],
      [-8.48915558, 4.87591424, -61.99810637],
    ],
    [
      { period: 5, seasonal: 9 },
      [116.87565782, 219.13468305, 389.8725505],
      [-7.84059826, 5.11168066, 41.56914282],
    ],
  ];
  it.each(known)('of series G by %o agrees with statsmodels', (options, trend, season) => {
    const parts = fittedOrThrow(stl(seriesG, options));
    [0, 50, 143].forEach((t, i) => {
      expect(parts.trend[t]).toBeCloseTo(trend[i], 6);
      expect(parts.seasonal[t]).toBeCloseTo(season[i], 6);
    });
  });

  it('takes a constant series apart into itself and nothing', () => {
    const { trend, seasonal } = fittedOrThrow(
      stl(new Float64Array(30).fill(4), { period: 5, robust: true }),
    );
    expect(trend[7]).toBeCloseTo(4, 12);
    expect(seasonal[7]).toBeCloseTo(0, 12);
  });

  it('says why there is none', () => {
    expect(stl(seriesG.slice(0, 20), { period: 12 }).why).toBe(
      '20 values are too few, 24 are needed',
    );
    expect(stl(seriesG, { period: 12, trend: 9 }).why).toContain('above the period');
    expect(stl(seriesG, { period: 12, seasonal: 8 }).why).toContain('odd');
    expect(stl(Float64Array.of(1, Number.NaN, 2, 3), { period: 2 }).why).toBe(
      'the series has gaps',
    );
  });
});
