import { ok, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinatorialPurged } from '../learning/cross-validation.ts';
import { type BarRange, type CombinatorialWork, combinatorialRun } from './combinatorial-run.ts';
import { type CombinatorialOptions, combinatorialTrials } from './combinatorial-trials.ts';
import { distributionOf } from './distribution.ts';
import { readObjective } from './objective.ts';
import { overfittingReport } from './overfitting-report.ts';
import type { ParameterSet } from './parameter-space.ts';
import { found, searcherOf } from './testing/found.ts';
import { momentumSpace, priceWalk, runMomentum } from './testing/momentum.ts';
import { trialMatrix } from './trial-matrix.ts';

const noise = (seed: number, n: number, trials: number, drift = 0): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from(
    { length: n * trials },
    (_, i) => 0.01 * random.normal() + (i % trials === 0 ? drift : 0),
  );
};

function sharpe(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
  return mean / Math.sqrt(squares / (values.length - 1));
}

/** The same from the definition, by the splits that there are. */
function slowly(returns: Float64Array, trials: number, options: CombinatorialOptions) {
  const n = returns.length / trials;
  const { splits, paths } = found(
    combinatorialPurged(n, options.groups, options.tested, options.purging),
  );
  const column = (rows: ArrayLike<number>, j: number): number[] =>
    Array.from(rows, (t) => returns[t * trials + j] ?? Number.NaN);
  const all = Array.from({ length: trials }, (_, j) => j);
  const chosen = splits.map(({ train }) => {
    const scores = all.map((j) => sharpe(column(train, j)));
    return scores.indexOf(Math.max(...scores));
  });
  const length = n / options.groups;
  const pathReturns = paths.map((path) =>
    path.flatMap((split, group) =>
      column(
        Array.from({ length }, (_, i) => group * length + i),
        chosen[split] ?? -1,
      ),
    ),
  );
  return {
    chosen,
    outOfSample: splits.map(({ test }, i) => sharpe(column(test, chosen[i] ?? -1))),
    pathSharpe: pathReturns.map(sharpe),
    pathReturn: pathReturns.map((path) => path.reduce((p, r) => p * (1 + r), 1) - 1),
  };
}

const close = (got: Float64Array, wanted: readonly number[]): void => {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((each, i) => {
    expect(Math.abs((got[i] ?? Number.NaN) - each)).toBeLessThan(1e-10);
  });
};

describe('combinatorial paths of trials', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 2, max: 6 }),
        fc.nat({ max: 5 }),
        fc.nat({ max: 4 }),
        (seed, groups, horizon, embargo) => {
          const options = {
            groups,
            tested: 1 + (seed % (groups - 1)),
            purging: { horizon, embargo },
          };
          const returns = noise(seed, groups * 12, 4);
          const got = found(combinatorialTrials(returns, 4, options));
          const wanted = slowly(returns, 4, options);
          expect([...got.chosen]).toEqual(wanted.chosen);
          close(got.outOfSample, wanted.outOfSample);
          close(got.pathSharpe, wanted.pathSharpe);
          close(got.pathReturn, wanted.pathReturn);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('take the returns of trials side by side', () => {
    const [a, b] = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
    expect([...found(trialMatrix([a, b]))]).toEqual([1, 3, 2, 4]);
    for (const odd of [[], [a, Float64Array.of(1)], [a, Float64Array.of(1, Number.NaN)]]) {
      expect(trialMatrix(odd).ok).toBe(false);
    }
  });

  it('choose the same whatever the tested groups hold', () => {
    const options = { groups: 4, tested: 1, purging: { horizon: 2, embargo: 1 } };
    const returns = noise(8, 80, 5);
    // Group 1, and what is purged around it.
    const spoilt = returns.map((each, i) => (i >= 19 * 5 && i < 42 * 5 ? 0.5 - each : each));
    const [a, b] = [returns, spoilt].map((of) => found(combinatorialTrials(of, 5, options)));
    expect(b?.chosen[1]).toBe(a?.chosen[1]);
    expect(b?.inSample[1]).toBeCloseTo(a?.inSample[1] ?? 0, 12);
  });

  it.each([
    ['one group', { groups: 1, tested: 1 }],
    ['all groups tested', { groups: 3, tested: 3 }],
    ['a purge longer than a group', { groups: 10, tested: 2, horizon: 11 }],
    ['work without end', { groups: 26, tested: 13 }],
    ['half an embargo', { groups: 4, tested: 2, embargo: 0.5 }],
  ])('refuse %s', (_, { groups, tested, horizon = 1, embargo = 0 }: Record<string, number>) => {
    const options = { groups: groups ?? 0, tested: tested ?? 0, purging: { horizon, embargo } };
    const got = combinatorialTrials(noise(1, 100, 20), 20, options);
    expect(got.ok ? '' : got.fault.code).toBe('validation.groups');
  });
});

describe('a search on every combinatorial split', () => {
  const prices = priceWalk(6, 180);
  const work = (of: Float64Array, searchGiven: object = {}): CombinatorialWork => {
    const objective = found(readObjective({ minimumObservations: 5 }));
    const over = (parameters: ParameterSet, ranges: readonly BarRange[]) =>
      ranges.map((range) => runMomentum(of, parameters, range, null).returns);
    return {
      bars: of.length,
      perYear: 252,
      groups: 6,
      tested: 2,
      // A rule that looks back 12 bars reaches over the border; 13 bars on either side are left out.
      purging: { horizon: 14, embargo: 0 },
      space: momentumSpace,
      pick: 'best',
      searcher: () => ok(searcherOf(momentumSpace, searchGiven)),
      score: (trials, training) =>
        trials.map(({ number, parameters }) => ({
          number,
          ...objective.score({
            returns: Float64Array.from(over(parameters, training).flatMap((part) => [...part])),
            perYear: 252,
            tradeGains: null,
          }),
        })),
      run: (parameters, tested) => runMomentum(of, parameters, tested, null),
    };
  };

  it('makes as many paths as there are, as plain data', () => {
    const report = found(combinatorialRun(work(prices)));
    expect([report.splits.length, report.paths, report.sharpe.n]).toEqual([15, 5, 5]);
    expect(report.drift[0]?.values.length).toBe(15);
    expect(report.splits.every(({ trials }) => trials === 24)).toBe(true);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('chooses the same whatever the tested groups hold', () => {
    const wanted = found(combinatorialRun(work(prices)));
    // Split 0 tests the first two groups; their prices matter to none of its choices.
    const spoilt = prices.map((price, t) => (t < 60 ? Number.NaN : price));
    const got = found(combinatorialRun(work(spoilt)));
    expect(got.splits[0]).toEqual(wanted.splits[0]);
    expect(got.splits.slice(1)).not.toEqual(wanted.splits.slice(1));
  });

  it('is cash where nothing qualifies', () => {
    const none = combinatorialRun({
      ...work(prices),
      score: (trials) => trials.map(({ number }) => ({ number, value: null })),
    });
    const report = found(none);
    expect(report.chanceOfLoss.why).toBe('nothing was chosen in any split');
    expect([report.totalReturn.median.value, report.sharpe.n]).toEqual([0, 0]);
  });

  it('refuses what the splits refuse', () => {
    const got = combinatorialRun({ ...work(prices), tested: 6 });
    expect(got.ok ? '' : got.fault.code).toBe('validation.groups');
  });
});

describe('a report on overfitting', () => {
  const options = {
    blocks: 8,
    groups: 6,
    tested: 2,
    purging: { horizon: 1, embargo: 0 },
    perYear: 252,
  };

  it('tells skill from luck, as plain data', () => {
    const skill = found(overfittingReport(noise(5, 240, 20, 0.01), 20, options));
    const luck = found(overfittingReport(noise(5, 240, 20), 20, options));
    expect(skill.halves.probability).toBe(0);
    expect(luck.halves.probability).toBeGreaterThan(0.2);
    expect(skill.paths.distinctChoices).toBe(1);
    expect(luck.paths.distinctChoices).toBeGreaterThan(1);
    expect(skill.paths.sharpe.p05.value).toBeGreaterThan(luck.paths.sharpe.p95.value ?? 0);
    expect(JSON.parse(JSON.stringify(luck))).toEqual(luck);
  });
});

describe('a distribution', () => {
  it('counts every figure once, and leaves out what is none', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6 }), { maxLength: 50 }), (figures) => {
        const { n, counts, shareBelowZero } = distributionOf(
          Float64Array.of(...figures, Number.POSITIVE_INFINITY),
        );
        const real = figures.filter(Number.isFinite);
        expect(n).toBe(real.length);
        if (counts.length > 0) expect(counts.reduce((a, b) => a + b, 0)).toBe(n);
        const below = real.filter((each) => each < 0).length;
        expect(shareBelowZero.value).toBe(n === 0 ? null : below / n);
      }),
    );
  });
});
