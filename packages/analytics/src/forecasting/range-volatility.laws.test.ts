import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairSpread } from './pair-spread.ts';
import { type Bars, rangeVolatility, wrongBar } from './range-volatility.ts';

const share = fc.double({ min: 0.001, max: 0.2, noNaN: true });
const bars: fc.Arbitrary<Bars> = fc
  .array(
    fc.tuple(
      fc.double({ min: 50, max: 150, noNaN: true }),
      share,
      share,
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    { minLength: 4, maxLength: 30 },
  )
  .map((list) => ({
    open: Float64Array.from(list, ([open]) => open),
    high: Float64Array.from(list, ([open, up]) => open * (1 + up)),
    low: Float64Array.from(list, ([open, , down]) => open * (1 - down)),
    close: Float64Array.from(list, ([open, up, down, at]) => open * (1 - down + at * (up + down))),
  }));

const names = ['parkinson', 'garmanKlass', 'rogersSatchell', 'yangZhang', 'closeToClose'] as const;

describe('rangeVolatility', () => {
  it('does not mind the unit of the prices, and grows by the root of the periods', () => {
    fc.assert(
      fc.property(bars, fc.double({ min: 0.01, max: 100, noNaN: true }), (given, k) => {
        const times = (x: Float64Array): Float64Array => x.map((each) => k * each);
        const one = rangeVolatility(given, 252);
        const other = rangeVolatility(
          {
            open: times(given.open),
            high: times(given.high),
            low: times(given.low),
            close: times(given.close),
          },
          4 * 252,
        );
        expect(wrongBar(given)).toBeNull();
        for (const name of names) {
          const { value } = one[name];
          if (value === null) expect(one[name].why).toBeTruthy();
          else expect(other[name].value).toBeCloseTo(2 * value, 8);
        }
      }),
    );
  });

  it('of bars that never move within is 0 but from close to close', () => {
    const flat = Float64Array.of(100, 101, 100, 102);
    const found = rangeVolatility({ open: flat, high: flat, low: flat, close: flat }, 252);
    expect(found.parkinson.value).toBe(0);
    expect(found.rogersSatchell.value).toBe(0);
    expect(found.closeToClose.value).toBeGreaterThan(0);
    // All of the variance is overnight, which Yang–Zhang sees.
    expect(found.yangZhang.value).toBeCloseTo(found.closeToClose.value ?? 0, 12);
  });

  it('has none of no bars', () => {
    const none = new Float64Array(0);
    const found = rangeVolatility({ open: none, high: none, low: none, close: none }, 252);
    for (const name of names) {
      expect(found[name].value).toBeNull();
      expect(found[name].why).toBeTruthy();
    }
  });

  it('names a bar that cannot be', () => {
    const of = (open: number, high: number, low: number, close: number): Bars => ({
      open: Float64Array.of(open),
      high: Float64Array.of(high),
      low: Float64Array.of(low),
      close: Float64Array.of(close),
    });
    expect(wrongBar(of(10, 9, 8, 9))).toContain('do not lie between');
    expect(wrongBar(of(0, 9, 0, 9))).toContain('not above 0');
  });
});

describe('pairSpread', () => {
  const x = Float64Array.from(
    { length: 200 },
    (_, t) => 50 * Math.exp(0.1 * Math.sin(t / 20) + 0.002 * t),
  );
  const random = seededRandom(3);
  const y = x.map((each) => 3 * each ** 0.8 * Math.exp(0.01 * random.normal()));

  it('finds the hedge ratio of logarithms, whatever the units', () => {
    const found = pairSpread(y, x);
    if (found.why !== undefined) throw new Error(found.why);
    expect(found.hedgeRatio).toBeCloseTo(0.8, 2);
    expect(found.spread.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 8);
    const other = pairSpread(
      y.map((each) => 7 * each),
      x,
    );
    if (other.why !== undefined) throw new Error(other.why);
    expect(other.hedgeRatio).toBeCloseTo(found.hedgeRatio, 10);
    expect(other.z[199]).toBeCloseTo(found.z[199], 6);
    expect(other.test.statistic).toBeCloseTo(found.test.statistic, 6);
  });

  it('says why there is none', () => {
    expect(pairSpread(x, x).why).toContain('almost exact');
    expect(pairSpread(x.slice(0, 4), x.slice(0, 4)).why).toContain('too few');
  });
});
