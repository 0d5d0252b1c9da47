import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whatIsMissing } from './metric.ts';
import { allMetrics, metricById } from './metric-by-id.ts';
import { ReturnSample } from './return-sample.ts';
import { rollingMetric } from './rolling-metric.ts';

/** In hundredths of a per cent, as files have them. */
const returnOf = fc.integer({ min: -2000, max: 2000 }).map((points) => points / 1e4);
const returnsOf = (minLength: number, maxLength = 80): fc.Arbitrary<Float64Array> =>
  fc.array(returnOf, { minLength, maxLength }).map((each) => Float64Array.from(each));
/** Two rows of one length, the second never quite a multiple of the first. */
const pairOf = (minLength: number, maxLength = 60) =>
  fc.array(fc.tuple(returnOf, returnOf), { minLength, maxLength }).map((pairs) => ({
    returns: Float64Array.from(pairs, ([r]) => r),
    benchmark: Float64Array.from(pairs, ([, b], t) => b + 0.001 * Math.sin(t * t)),
  }));
const runs = { numRuns: 150, endOnFailure: true };

const numberOf = (id: string, sample: ReturnSample): number | null => {
  const metric = metricById(id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric.compute(sample).value;
};
const close = (a: number | null, b: number | null, tolerance = 1e-8): void => {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b)));
};
const daysOf = (n: number): string[] =>
  Array.from({ length: n }, (_, t) =>
    new Date(Date.UTC(2020, 0, 2) + t * 86_400_000 * 9).toISOString().slice(0, 10),
  );

/** Those that do not ask in which order returns came. */
const orderless = allMetrics.filter(
  ({ id, section }) =>
    !['drawdown', 'calendar'].includes(section) &&
    !/autocorrelat|ljung|hurst|stability|longest|smart|calmar|sterling|burke|martin|pain-ratio|serenity|recovery-factor|gain-to-pain-monthly/.test(
      id,
    ),
);
/** Those that stay as they are when every return, the benchmark’s too, is multiplied. */
const scaleless = [
  'sharpe',
  'sortino',
  'omega',
  'kappa-3',
  'gain-to-pain',
  'profit-factor',
  'payoff',
  'win-rate',
  'kelly',
  'tail-ratio',
  'skewness',
  'kurtosis',
  'jarque-bera',
  'autocorrelation',
  'hurst',
  'rachev',
  'beta',
  'correlation',
  'r-squared',
  'information-ratio',
  'alpha-t',
  'up-capture-mean',
  'batting-average',
  'coskewness',
  'probabilistic-sharpe',
  'minimum-track-record',
  'outperformance-chance',
];

describe('every metric', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      [],
      [0],
      [0.01],
      [-1],
      [0, 0, 0, 0, 0],
      new Array<number>(30).fill(0.01),
      new Array<number>(30).fill(-0.01),
      [-1, 0.5, 0.5, -1, 0, 0.1, 0.1],
      [0.1, -0.1],
      Array.from({ length: 40 }, (_, t) => (t === 7 ? 1e9 : 0)),
      Array.from({ length: 40 }, (_, t) => (100 * 1.01 ** (t + 1)) / (100 * 1.01 ** t) - 1),
    ),
    fc.array(fc.constantFrom(0, 0.01, -0.01, -1, 3), { maxLength: 30 }),
  );

  it('is a finite number or none with a reason, whatever the returns', () => {
    fc.assert(
      fc.property(odd, fc.constantFrom('none', 'same', 'flat', 'other'), (values, kind) => {
        const returns = Float64Array.from(values);
        const benchmark = {
          none: undefined,
          same: returns,
          flat: returns.map(() => 0.001),
          other: returns.map((r, t) => Math.max(-1, r * 0.5 + 0.01 * Math.sin(t))),
        }[kind];
        const sample = new ReturnSample({
          returns,
          benchmark,
          days: daysOf(returns.length),
          riskFree: 0.0001,
        });
        for (const metric of allMetrics) {
          const { value, why } = metric.compute(sample);
          if (value === null) expect(why, metric.id).toMatch(/\S/);
          else expect(Number.isFinite(value), `${metric.id} ${value}`).toBe(true);
        }
      }),
      { numRuns: 120, endOnFailure: true },
    );
  });

  it('has none for values all alike where it divides by their spread', () => {
    const flat = new ReturnSample({ returns: new Float64Array(50).fill(0.1) });
    const grown = new ReturnSample({
      returns: Float64Array.from(
        { length: 50 },
        (_, t) => (7 * 1.03 ** (t + 1)) / (7 * 1.03 ** t) - 1,
      ),
    });
    for (const sample of [flat, grown]) {
      for (const id of [
        'sharpe',
        'skewness',
        'kurtosis',
        'jarque-bera',
        'autocorrelation',
        'hurst',
      ]) {
        expect(numberOf(id, sample), id).toBeNull();
      }
      expect(numberOf('volatility', sample)).toBe(0);
      expect(metricById('calmar')?.compute(sample).why).toBe('it never fell');
    }
  });

  it('says what it is short of', () => {
    const one = new ReturnSample({ returns: Float64Array.of(0.1) });
    expect(metricById('volatility')?.compute(one).why).toBe('needs 2 returns, has 1');
    expect(metricById('beta')?.compute(one).why).toBe('needs 2 returns, has 1');
    const two = new ReturnSample({ returns: Float64Array.of(0.1, 0.2) });
    expect(metricById('beta')?.compute(two).why).toBe('needs a benchmark');
    expect(metricById('best-month')?.compute(two).why).toBe('needs a day for each return');
  });

  it('has an id, a formula and a source of its own', () => {
    const ids = allMetrics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, formula, source } of allMetrics) {
      expect(formula, id).toMatch(/\S/);
      expect(source, id).toMatch(/\d{4}/);
    }
  });
});

describe('laws of metrics', () => {
  it('do not change with the order of returns, but for those of paths', () => {
    expect(orderless.length).toBeGreaterThan(80);
    fc.assert(
      fc.property(pairOf(25), fc.integer({ min: 1, max: 1e6 }), ({ returns, benchmark }, seed) => {
        const keys = Array.from(returns, (_, t) => Math.sin(seed * (t + 1)));
        const order = [...returns.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
        const pick = (x: Float64Array) => Float64Array.from(order, (t) => x[t] ?? Number.NaN);
        const sample = new ReturnSample({ returns, benchmark });
        const mixed = new ReturnSample({ returns: pick(returns), benchmark: pick(benchmark) });
        for (const metric of orderless) {
          if (metric.needs.days) continue;
          close(metric.compute(mixed).value, metric.compute(sample).value, 1e-7);
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('of ratios do not change when everything is multiplied', () => {
    fc.assert(
      fc.property(
        pairOf(25),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        ({ returns, benchmark }, k) => {
          const sample = new ReturnSample({ returns, benchmark });
          const scaled = new ReturnSample({
            returns: returns.map((r) => r * k),
            benchmark: benchmark.map((r) => r * k),
          });
          for (const id of scaleless) close(numberOf(id, scaled), numberOf(id, sample), 1e-7);
        },
      ),
      { numRuns: 80, endOnFailure: true },
    );
  });

  it('of volatility and beta grow with the multiple', () => {
    fc.assert(
      fc.property(
        pairOf(5),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        ({ returns, benchmark }, k) => {
          const sample = new ReturnSample({ returns, benchmark });
          const scaled = new ReturnSample({ returns: returns.map((r) => r * k), benchmark });
          for (const id of [
            'volatility',
            'downside-deviation',
            'mean-absolute-deviation',
            'beta',
          ]) {
            close(numberOf(id, scaled), (numberOf(id, sample) ?? 0) * k, 1e-9);
          }
          close(numberOf('correlation', scaled), numberOf('correlation', sample), 1e-8);
        },
      ),
      runs,
    );
  });

  it('have omega one above gain to pain, and profit factor equal to it', () => {
    fc.assert(
      fc.property(returnsOf(2), (returns) => {
        const sample = new ReturnSample({ returns });
        const omega = numberOf('omega', sample);
        close(omega, omega === null ? null : (numberOf('gain-to-pain', sample) ?? 0) + 1);
        close(omega, numberOf('profit-factor', sample));
      }),
      runs,
    );
  });

  it('have CVaR no less than VaR, both moving with a shift', () => {
    fc.assert(
      fc.property(
        returnsOf(30),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (returns, c) => {
          const sample = new ReturnSample({ returns });
          const moved = new ReturnSample({ returns: returns.map((r) => r + c) });
          const cvar = numberOf('cvar-95', sample) ?? 0;
          expect(cvar).toBeGreaterThanOrEqual((numberOf('value-at-risk-95', sample) ?? 0) - 1e-12);
          close(numberOf('cvar-95', moved), cvar - c, 1e-9);
        },
      ),
      runs,
    );
  });

  it('of a benchmark against itself are one, or nothing', () => {
    fc.assert(
      fc.property(returnsOf(5), (returns) => {
        const sample = new ReturnSample({ returns, benchmark: returns, riskFree: 0.0002 });
        if ((numberOf('volatility', sample) ?? 0) < 1e-3) return;
        close(numberOf('beta', sample), 1);
        close(numberOf('alpha-arithmetic', sample), 0);
        close(numberOf('tracking-error', sample), 0);
        expect(numberOf('information-ratio', sample)).toBeNull();
        for (const id of ['up-capture', 'down-capture', 'up-capture-mean', 'down-capture-total']) {
          const value = numberOf(id, sample);
          if (value !== null) close(value, 1);
        }
        close(numberOf('m-squared', sample), numberOf('annual-return-arithmetic', sample), 0.06);
      }),
      runs,
    );
  });
});

describe('drawdowns', () => {
  it('add up: each episode is on its own, and they hold all time under water', () => {
    fc.assert(
      fc.property(returnsOf(1), (returns) => {
        const { episodes, path, wealth, n } = new ReturnSample({ returns });
        const level = (t: number): number => (t < 0 ? 1 : (wealth[t] ?? Number.NaN));
        let before = -1;
        for (const { depth, peak, trough, recovered, length } of episodes) {
          expect(peak).toBeGreaterThanOrEqual(before);
          expect(trough).toBeGreaterThan(peak);
          close(1 - level(trough) / level(peak), depth, 1e-9);
          expect(length).toBe((recovered ?? n) - peak - 1);
          if (recovered !== null)
            expect(level(recovered)).toBeGreaterThan(level(peak) * (1 - 1e-11));
          before = recovered ?? n;
        }
        expect(episodes.reduce((all, { length }) => all + length, 0)).toBe(path.underWater);
        expect(Math.max(0, ...episodes.map(({ depth }) => depth))).toBe(path.deepest);
      }),
      runs,
    );
  });

  it('do not change when nothing happens first, nor does the deepest shrink as time goes on', () => {
    fc.assert(
      fc.property(returnsOf(1), fc.nat(10), (returns, idle) => {
        const sample = new ReturnSample({ returns });
        const later = new ReturnSample({
          returns: Float64Array.of(...new Float64Array(idle), ...returns),
        });
        expect(later.path.deepest).toBe(sample.path.deepest);
        const part = sample.between(0, Math.ceil(returns.length / 2));
        expect(part.path.deepest).toBeLessThanOrEqual(sample.path.deepest);
      }),
      runs,
    );
  });

  it('are over once a price is back at its old high, though returns multiply to less', () => {
    const prices = [0.7, 0.3, 0.9, 0.1, 0.9, 0.35, 0.6, 0.9, 0.2];
    const returns = Float64Array.from(
      prices.slice(1),
      (price, i) => price / (prices[i] ?? Number.NaN) - 1,
    );
    const { episodes } = new ReturnSample({ returns });
    expect(episodes.map(({ peak, recovered }) => [peak, recovered])).toEqual([
      [-1, 1],
      [1, 3],
      [3, 6],
      [6, null],
    ]);
  });
});

describe('rolling metrics', () => {
  it('are those of each window by itself, for every metric', () => {
    fc.assert(
      fc.property(
        pairOf(14, 30),
        fc.integer({ min: 1, max: 14 }),
        ({ returns, benchmark }, window) => {
          const sample = new ReturnSample({
            returns,
            benchmark,
            days: daysOf(returns.length),
            riskFree: 0.0001,
          });
          for (const metric of allMetrics) {
            const found = rollingMetric(metric, sample, window);
            expect(found.length).toBe(returns.length - window + 1);
            found.forEach((value, i) => {
              const alone = metric.compute(sample.between(i, i + window)).value;
              close(value, alone, 1e-6);
            });
          }
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('do not fit into fewer returns than a window, nor without what they need', () => {
    const sample = new ReturnSample({ returns: new Float64Array(5).fill(0.01) });
    const [sharpe, beta] = [metricById('sharpe'), metricById('beta')];
    if (!sharpe || !beta) throw new Error('missing metrics');
    expect(rollingMetric(sharpe, sample, 6)).toEqual([]);
    expect(rollingMetric(beta, sample, 2)).toEqual([]);
    expect(rollingMetric(sharpe, sample, 5)).toEqual([null]);
    expect(whatIsMissing(beta.needs, sample)).toBe('needs a benchmark');
  });
});
