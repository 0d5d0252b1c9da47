import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autocorrelation, autocorrelations } from './autocorrelation.ts';
import { correlation, covariance } from './co-moments.ts';
import { maximum, minimum } from './extremes.ts';
import { columnMeans, kurtosis, skewness, standardDeviation, variance } from './moments.ts';
import {
  medianAbsoluteDeviation,
  type QuantileType,
  quantile,
  quantileSorted,
} from './quantile.ts';
import { rank } from './rank.ts';
import { selectKth } from './select-kth.ts';
import { sorted } from './sorted.ts';
import { mean, sum } from './sum.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const numbers = (minLength: number): fc.Arbitrary<Float64Array> =>
  fc.array(number, { minLength, maxLength: 300 }).map((each) => Float64Array.from(each));
const runs = { numRuns: 300 };

const x = Float64Array.of(3.1, -1.2, 0.4, 7.7, 2.2, -5.5, 0.4, 9.1, 1.3, 4.8);
const y = Float64Array.of(1, -2, 0.5, 3, 1.5, -4, 2.5, 2, 0.1, 3.3);

describe('statistics', () => {
  it('agrees with NumPy 1.24.2 and SciPy 1.10.1', () => {
    expect(variance(x)).toBeCloseTo(18.173444444444446, 13);
    expect(standardDeviation(x, 0)).toBeCloseTo(4.044267548023993, 14);
    expect(skewness(x, 'population')).toBeCloseTo(-0.014757353830935004, 14);
    expect(skewness(x, 'sample')).toBeCloseTo(-0.017500068878537254, 14);
    expect(kurtosis(x, 'population')).toBeCloseTo(-0.4211446954775564, 13);
    expect(kurtosis(x, 'sample')).toBeCloseTo(0.2197620562093201, 13);
    expect(covariance(x, y)).toBeCloseTo(7.961444444444443, 13);
    expect(correlation(x, y)).toBeCloseTo(0.813699599750007, 14);
    expect(medianAbsoluteDeviation(x)).toBeCloseTo(2.15, 14);
    expect([...rank(x)]).toEqual([7, 2, 3.5, 9, 6, 1, 3.5, 10, 5, 8]);
  });

  it('has the autocorrelations of statsmodels 0.13.5', () => {
    expect(autocorrelation(x, 1)).toBeCloseTo(-0.08470785, 8);
    expect(autocorrelation(x, 2)).toBeCloseTo(-0.58861709, 8);
  });

  it.each<[QuantileType, readonly number[]]>([
    [1, [-5.5, 0.4, 0.4, 1.3, 7.7]],
    [2, [-5.5, 0.4, 0.4, 1.75, 7.7]],
    // An observation halfway goes to the even place, which NumPy 1.24 does not keep to.
    [3, [-5.5, -1.2, 0.4, 1.3, 7.7]],
    [4, [-5.5, -0.4, 0.4, 1.3, 6.83]],
    [5, [-5.5, 0.4, 0.4, 1.75, 7.98]],
    [6, [-5.5, 0, 0.4, 1.75, 8.498]],
    [7, [-3.565, 0.4, 0.4, 1.75, 7.207]],
    [8, [-5.5, 0.26666666666666644, 0.4, 1.75, 8.152666666666665]],
    [9, [-5.5, 0.3, 0.4, 1.75, 8.1095]],
  ])('has the quantiles of type %i of NumPy 1.24.2', (type, wanted) => {
    const found = [0.05, 0.25, 0.3, 0.5, 0.87].map((p) => quantile(x, p, type));
    found.forEach((each, i) => {
      expect(each).toBeCloseTo(wanted[i] ?? Number.NaN, 12);
    });
  });

  it('sorts as the engine does, be values near, far, alike or of either sign', () => {
    const any = fc.oneof(
      number,
      fc.double({ noNaN: true }),
      fc.constantFrom(0, -0, 1, -1, 1 + Number.EPSILON, 1e-300, Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 250, maxLength: 700 }), (values) => {
        const x = Float64Array.from(values);
        expect([...sorted(x)]).toEqual([...x.toSorted()]);
      }),
      { numRuns: 60 },
    );
    const close = Float64Array.from({ length: 2000 }, (_, i) => 1 + ((i * 7919) % 2000) * 2e-16);
    expect([...sorted(close)]).toEqual([...close.toSorted()]);
    const part = close.subarray(100, 1700);
    expect([...sorted(part)]).toEqual([...part.toSorted()]);
  });

  it('has the same autocorrelations together and one by one', () => {
    fc.assert(
      fc.property(numbers(3), (values) => {
        const together = autocorrelations(values, 5);
        together.forEach((rho, i) => {
          expect(rho).toBe(autocorrelation(values, i + 1));
          if (!Number.isNaN(rho)) expect(Math.abs(rho)).toBeLessThanOrEqual(1 + 1e-12);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('selects what a sort would have put there, and leaves the rest on its sides', () => {
    fc.assert(
      fc.property(numbers(1), fc.nat(), (values, any) => {
        const k = any % values.length;
        const work = values.slice();
        expect(selectKth(work, k)).toBe(values.toSorted()[k]);
        expect(maximum(work.subarray(0, k + 1))).toBe(work[k]);
        expect(minimum(work.subarray(k))).toBe(work[k]);
      }),
      runs,
    );
  });

  it('has the same quantile sorted or not, between the extremes and rising with p', () => {
    const types = fc.integer({ min: 1, max: 9 }) as fc.Arbitrary<QuantileType>;
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(numbers(1), types, share, share, (values, type, p, q) => {
        const sorted = values.toSorted();
        const found = quantile(values, p, type);
        expect(found).toBe(quantileSorted(sorted, p, type));
        expect(found).toBeGreaterThanOrEqual(sorted[0] ?? Number.NaN);
        expect(found).toBeLessThanOrEqual(sorted.at(-1) ?? Number.NaN);
        const [low, high] = p < q ? [p, q] : [q, p];
        expect(quantile(values, low, type) - quantile(values, high, type)).toBeLessThanOrEqual(
          1e-9,
        );
      }),
      runs,
    );
  });

  it('shifts the mean and leaves the variance, which grows with the square of the scale', () => {
    fc.assert(
      fc.property(numbers(2), number, fc.double({ min: 0.1, max: 10, noNaN: true }), (a, c, k) => {
        const size = Math.max(1, Math.abs(c), maximum(a.map(Math.abs)));
        const moved = a.map((each) => each * k + c);
        expect(Math.abs(mean(moved) - (mean(a) * k + c))).toBeLessThan(1e-13 * size * 20);
        const expected = variance(a) * k * k;
        expect(Math.abs(variance(moved) - expected)).toBeLessThan(1e-10 * size * size);
      }),
      runs,
    );
  });

  it('finds the variance of small differences on a large offset', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2));
    expect(variance(values, 0)).toBeCloseTo(0.25, 12);
    const naive = (1e9 + 1e9 + 1) / 2;
    expect(mean(values)).toBe(naive);
  });

  it('keeps correlation within −1 and 1, without regard to order or scale', () => {
    fc.assert(
      fc.property(numbers(3), fc.double({ min: 0.1, max: 10, noNaN: true }), (a, k) => {
        const b = a.map((each, i) => each * 0.5 + ((i * 7919) % 13));
        const found = correlation(a, b);
        if (Number.isNaN(found)) return;
        expect(Math.abs(found)).toBeLessThanOrEqual(1);
        expect(correlation(b, a)).toBeCloseTo(found, 12);
        expect(
          correlation(
            a.map((each) => -k * each),
            b,
          ),
        ).toBeCloseTo(-found, 9);
      }),
      runs,
    );
  });

  it('gives values all alike no spread, to the last bit, and no shape', () => {
    const alike = new Float64Array(97).fill(0.1);
    expect(variance(alike)).toBe(0);
    expect(skewness(alike)).toBeNaN();
    expect(kurtosis(alike)).toBeNaN();
    expect(correlation(alike, x)).toBeNaN();
    expect(autocorrelation(alike, 1)).toBeNaN();
  });

  it('has no number where there are too few values', () => {
    const none = new Float64Array(0);
    const one = Float64Array.of(1);
    expect([sum(none), mean(none), quantile(none, 0.5), minimum(none), maximum(none)]).toEqual([
      0,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect([variance(one), covariance(one, one), autocorrelation(one, 1)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(variance(one, 0)).toBe(0);
    expect(skewness(Float64Array.of(1, 2))).toBeNaN();
    expect(kurtosis(Float64Array.of(1, 2, 4))).toBeNaN();
  });

  it('averages columns', () => {
    const data = Float64Array.of(1, 10, 2, 20, 6, 60);
    expect([...columnMeans({ rows: 3, columns: 2, data })]).toEqual([3, 30]);
    expect([...columnMeans({ rows: 6, columns: 1, data })]).toEqual([16.5]);
  });
});
