import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luckReport, minimumBacktestYears } from './luck-report.ts';
import { trialDependence } from './trial-dependence.ts';
import {
  countTrials,
  emptyLedger,
  mergeLedgers,
  recordTrials,
  type TrialBatch,
  type TrialLedger,
} from './trial-ledger.ts';

/** Trials in groups that follow a common factor each, with so much of it, row-major. */
function grouped(
  seed: number,
  { n, groups, each, common }: Record<'n' | 'groups' | 'each' | 'common', number>,
): Float64Array {
  const random = seededRandom(seed);
  const own = Math.sqrt(1 - common * common);
  return Float64Array.from(
    Array.from({ length: n }, () =>
      Array.from({ length: groups }, () => random.normal()).flatMap((factor) =>
        Array.from({ length: each }, () => common * factor + own * random.normal()),
      ),
    ).flat(),
  );
}

const batches = fc.array(
  fc.record({
    strategy: fc.constantFrom('cross', 'breakout'),
    data: fc.constantFrom('x', 'y'),
    trials: fc.array(
      fc.record({
        parameters: fc.record({ fast: fc.nat({ max: 3 }), slow: fc.nat({ max: 3 }) }),
        sharpe: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
      }),
      { maxLength: 6 },
    ),
    dependence: fc.record({
      trials: fc.nat({ max: 3 }),
      averageCorrelation: fc.constantFrom(0, 0.5, null),
      clusters: fc.constantFrom(2, 3, null),
    }),
  }),
  { maxLength: 4 },
);

const ledgerOf = (of: readonly TrialBatch[]): TrialLedger => of.reduce(recordTrials, emptyLedger);

describe('a ledger of trials', () => {
  it('counts each parameter set once for a strategy and its data', () => {
    const ledger = ledgerOf([
      {
        strategy: 'cross',
        data: 'x',
        trials: [
          { parameters: { fast: 1, slow: 2 }, sharpe: 0.1 },
          { parameters: { slow: 2, fast: 1 }, sharpe: 0.1 },
          { parameters: { fast: 2, slow: 2 }, sharpe: null },
        ],
      },
      { strategy: 'cross', data: 'x', trials: [{ parameters: { fast: 1, slow: 2 } }] },
      { strategy: 'cross', data: 'y', trials: [{ parameters: { fast: 9 }, sharpe: 0.3 }] },
    ]);
    expect(countTrials(ledger, 'cross', 'x')).toMatchObject({
      tried: 2,
      withSharpe: 1,
      effective: 2,
      best: { value: 0.1 },
      variance: { value: null, why: 'needs 2 trials with a Sharpe ratio, has 1' },
    });
    expect(countTrials(ledger, 'breakout', 'x')).toMatchObject({ tried: 0, effective: 0 });
  });

  it('merges in any order, any number of times', () => {
    fc.assert(
      fc.property(batches, batches, batches, (a, b, c) => {
        const [x, y, z] = [ledgerOf(a), ledgerOf(b), ledgerOf(c)];
        expect(mergeLedgers(x, y)).toEqual(mergeLedgers(y, x));
        expect(mergeLedgers(mergeLedgers(x, y), z)).toEqual(mergeLedgers(x, mergeLedgers(y, z)));
        expect(mergeLedgers(x, x)).toEqual(x);
        expect(ledgerOf([...a, ...b, ...c])).toEqual(mergeLedgers(mergeLedgers(x, y), z));
        expect(JSON.parse(JSON.stringify(x))).toEqual(x);
      }),
      { numRuns: 100 },
    );
  });
});

describe('how alike trials are', () => {
  it('is the mean of all their correlations', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const trials = 5;
        const returns = grouped(seed, { n: 40, groups: 1, each: trials, common: 0.6 });
        const column = (j: number): number[] =>
          Array.from({ length: 40 }, (_, t) => returns[t * trials + j] ?? 0);
        const centred = Array.from({ length: trials }, (_, j) => {
          const values = column(j);
          const mean = values.reduce((a, b) => a + b, 0) / 40;
          return values.map((value) => value - mean);
        });
        const dot = (a: readonly number[], b: readonly number[]): number =>
          a.reduce((sum, value, t) => sum + value * (b[t] ?? 0), 0);
        let total = 0;
        centred.forEach((a, i) => {
          centred.slice(i + 1).forEach((b) => {
            total += dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
          });
        });
        expect(trialDependence(returns, trials).averageCorrelation).toBeCloseTo(total / 10, 10);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the groups that move together', () => {
    for (const groups of [2, 3, 5]) {
      const returns = grouped(groups, { n: 300, groups, each: 12, common: 0.9 });
      expect(trialDependence(returns, groups * 12).clusters).toBe(groups);
    }
  });

  it('leaves out trials that never vary', () => {
    const returns = Float64Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0 ? 0 : Math.sin(i * i),
    );
    expect(trialDependence(returns, 3)).toMatchObject({ trials: 2, clusters: null });
    expect(trialDependence(new Float64Array(10), 2).averageCorrelation).toBeNull();
  });
});

describe('luck', () => {
  // Bailey and López de Prado (2014): 100 independent trials of variance ½ a year, 1,250 days.
  const spread = Math.sqrt(((0.5 / 250) * 99) / 100);
  const count = countTrials(
    recordTrials(emptyLedger, {
      strategy: 's',
      data: 'd',
      trials: Array.from({ length: 100 }, (_, i) => ({
        parameters: { i },
        sharpe: i % 2 === 0 ? spread : -spread,
      })),
    }),
    's',
    'd',
  );
  const chosen = { sharpe: 2.5 / Math.sqrt(250), n: 1250, skewness: -3, kurtosis: 10 };

  it('is weighed as in the paper on the deflated Sharpe ratio', () => {
    const report = luckReport(count, chosen, 250);
    expect((report.expectedMaximum.value ?? 0) / Math.sqrt(250)).toBeCloseTo(0.1132, 4);
    expect(report.deflated.value).toBeCloseTo(0.9004, 4);
    expect([report.tried, report.effective, report.years]).toEqual([100, 100, 5]);
    expect(report.deflatedByClusters.why).toBe('how alike trials are was not measured');
  });

  it('shrinks where trials are alike', () => {
    const alike = { ...count, averageCorrelation: 0.9, effective: 0.9 + 0.1 * 100, clusters: 1 };
    const report = luckReport(alike, chosen, 250);
    expect(report.deflated.value).toBeGreaterThan(0.9004);
    expect(report.deflatedByClusters.value).toBe(report.probabilistic.value);
  });

  it('gives 45 tries a Sharpe ratio of one in five years', () => {
    expect(minimumBacktestYears(45, 1)).toBeCloseTo(5, 1);
    expect(minimumBacktestYears(1, 1)).toBe(0);
    expect(minimumBacktestYears(10, 0)).toBeNaN();
  });

  it('has a reason for each figure that it lacks', () => {
    const none = countTrials(emptyLedger, 's', 'd');
    const report = luckReport(
      { ...none, tried: 3, effective: 3 },
      { ...chosen, sharpe: -0.1 },
      250,
    );
    expect(report.deflated.why).toBe('needs 2 trials with a Sharpe ratio, has 0');
    expect(report.minimumBacktestYears.why).toBe('the Sharpe ratio is not above 0');
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
