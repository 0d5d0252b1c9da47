import { present, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { indicatorById } from './indicator-by-id.ts';
import { type IndicatorColumns, type IndicatorParameters, runIndicator } from './run-indicator.ts';

const run = (
  id: string,
  params: IndicatorParameters,
  columns: IndicatorColumns,
): readonly Float64Array[] =>
  runIndicator(present(indicatorById(id), `indicator ${id}`), params, columns);

/** Σ of terms, compensated. */
function exactSum(n: number, term: (k: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let k = 0; k < n; k++) {
    const x = term(k);
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return sum + lost;
}

describe('over a million bars far from zero', () => {
  const n = 1_000_000;
  const random = seededRandom(1);
  const value = Float64Array.from({ length: n }, () => 1e5 + random.normal());
  const other = value.map((x) => 0.5 * x + random.normal());
  const period = 37;
  // The last bar has every rounding behind it, the others lie apart.
  const places = [n - 1, ...Array.from({ length: 200 }, () => period + random.integer(n - period))];

  const check = (found: Float64Array, exact: (i: number) => number): void => {
    for (const i of places) {
      const wanted = exact(i);
      expect(Math.abs(found[i] - wanted), `at ${i}`).toBeLessThanOrEqual(1e-9 * Math.abs(wanted));
    }
  };
  const meanAt = (i: number): number => 1e5 + exactSum(period, (k) => value[i - k] - 1e5) / period;
  const squaresAt = (i: number): number => {
    const mean = meanAt(i);
    return exactSum(period, (k) => (value[i - k] - mean) ** 2);
  };

  it('keeps means exact', () => {
    check(run('sma', { period }, { value })[0], meanAt);
  });

  it('keeps deviations exact', () => {
    check(run('stdev', { period }, { value })[0], (i) => Math.sqrt(squaresAt(i) / period));
  });

  it('keeps weighted means and slopes exact', () => {
    const sum = (period * (period + 1)) / 2;
    check(run('wma', { period }, { value })[0], (i) =>
      exactSum(period, (k) => ((period - k) * value[i - k]) / sum),
    );
    const middle = (period - 1) / 2;
    const squares = (period * (period * period - 1)) / 12;
    check(run('linear-regression', { period }, { value })[0], (i) =>
      exactSum(period, (k) => ((middle - k) * (value[i - k] - 1e5)) / squares),
    );
  });

  it('keeps covariances exact', () => {
    check(run('rolling-correlation', { period }, { value, other })[1], (i) => {
      const mean = meanAt(i);
      const about = 5e4 + exactSum(period, (k) => other[i - k] - 5e4) / period;
      return exactSum(period, (k) => (value[i - k] - mean) * (other[i - k] - about)) / period;
    });
  });
});

describe('a price that is far off', () => {
  const value = Float64Array.from({ length: 200 }, (_, i) => (i === 60 ? 1e15 : 100 + (i % 7)));
  const clean = value.map((x, i) => (i === 60 ? 100 : x));

  it.each(['sma', 'stdev', 'wma', 'linear-regression', 'rolling-shape'])(
    'leaves no trace in %s once it has left the window',
    (id) => {
      const params = { period: 20 };
      const found = run(id, params, { value });
      run(id, params, { value: clean }).forEach((column, k) => {
        for (let i = 80; i < 200; i++) expect(found[k][i]).toBeCloseTo(column[i], 12);
      });
    },
  );
});

describe('prices that stand still', () => {
  const value = new Float64Array(100).fill(0.1);

  it('have themselves as every average, to the last bit', () => {
    for (const id of ['sma', 'ema', 'wma', 'smma', 'epma', 'trima', 'hma', 'dema', 'tema']) {
      const [column] = run(id, { period: 13 }, { value });
      expect(column[99], id).toBe(0.1);
    }
  });

  it('have no deviation and no place in it', () => {
    const [deviation, , zScore] = run('stdev', { period: 13 }, { value });
    expect(deviation[99]).toBe(0);
    expect(zScore[99]).toBeNaN();
    expect(run('rsi', {}, { value })[0][99]).toBeNaN();
  });
});
