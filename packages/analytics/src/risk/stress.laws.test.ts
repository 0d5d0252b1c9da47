import type { Day } from '@plimsoll/kernel';
import {
  dot,
  fromRows,
  matrix,
  quadraticForm,
  symmetricEigen,
  timesVector,
} from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCorrelation } from '../covariance/correlation.ts';
import { sampleCovariance } from '../covariance/sample.ts';
import { stressCorrelation } from './correlation-stress.ts';
import { episodes } from './episodes.ts';
import { levelsOf, replay } from './replay.ts';
import { scenarioReturns, whyNoScenario } from './scenario.ts';
import {
  betasTo,
  conditionalReturns,
  jointBetas,
  reverseStress,
  scenarioMultiple,
} from './stress.ts';

const real = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const book = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.record({
    returns: fc
      .array(real, { minLength: 40 * width, maxLength: 40 * width })
      .map((values) => matrix(40, width, Float64Array.from(values))),
    weights: fc
      .array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: width, maxLength: width })
      .map((values) => Float64Array.from(values)),
  }),
);
const runs = { numRuns: 60 };

describe('reverse stress', () => {
  it('loses what was asked, and no other scenario that does is nearer', () => {
    fc.assert(
      fc.property(
        book,
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.array(real, { minLength: 5, maxLength: 5 }),
        ({ returns, weights }, loss, aside) => {
          const covariance = sampleCovariance(returns);
          fc.pre(quadraticForm(covariance, weights) > 1e-8);
          const width = weights.length;
          const none = new Float64Array(width);
          const found = reverseStress(weights, { mean: none, covariance }, loss);
          if (!found.ok) throw new Error(found.fault.detail);
          expect(-dot(weights, found.value.returns)).toBeCloseTo(loss, 10);
          expect(found.value.losses.reduce((sum, each) => sum + each, 0)).toBeCloseTo(loss, 10);
          // Another scenario Σ u, with u moved along w until it loses as much; its distance is √(uᵀΣu).
          const other = Float64Array.from(aside.slice(0, width));
          const total = dot(weights, timesVector(covariance, other)) + loss;
          const u = other.map(
            (each, i) => each - ((weights[i] ?? 0) * total) / quadraticForm(covariance, weights),
          );
          expect(dot(weights, timesVector(covariance, u))).toBeCloseTo(-loss, 10);
          const distance = Math.sqrt(Math.max(0, quadraticForm(covariance, u)));
          expect(distance).toBeGreaterThanOrEqual(found.value.distance * (1 - 1e-9));
        },
      ),
      runs,
    );
  });

  it('says how often over a scenario must happen', () => {
    const weights = Float64Array.of(0.5, 0.5);
    expect(scenarioMultiple(weights, Float64Array.of(-0.1, 0), 0.2)).toBeCloseTo(4, 14);
    expect(scenarioMultiple(weights, Float64Array.of(0.1, 0), 0.2)).toBeNull();
  });
});

describe('given returns', () => {
  it('come out as given, and nothing moves when means are given', () => {
    fc.assert(
      fc.property(book, real, ({ returns }, shock) => {
        const covariance = sampleCovariance(returns);
        fc.pre((covariance.data[0] ?? 0) > 1e-6);
        const mean = new Float64Array(returns.columns).fill(0.001);
        const shocked = conditionalReturns({ mean, covariance }, [0], [shock]);
        const still = conditionalReturns({ mean, covariance }, [0], [0.001]);
        if (!shocked.ok || !still.ok) throw new Error('refused');
        expect(shocked.value[0]).toBe(shock);
        for (const each of still.value) expect(each).toBeCloseTo(0.001, 14);
      }),
      runs,
    );
  });

  it('with one factor are beta times its shock', () => {
    fc.assert(
      fc.property(book, real, ({ returns }, shock) => {
        const factor = Float64Array.from(
          { length: returns.rows },
          (_, t) => returns.data[t * returns.columns] ?? 0,
        );
        const betas = betasTo(returns, factor);
        const covariance = sampleCovariance(returns);
        fc.pre(betas.ok && (covariance.data[0] ?? 0) > 1e-6);
        const mean = new Float64Array(returns.columns);
        const expected = conditionalReturns({ mean, covariance }, [0], [shock]);
        if (!betas.ok || !expected.ok) throw new Error('refused');
        betas.value.forEach((beta, i) => {
          expect(expected.value[i]).toBeCloseTo(beta * shock, 9);
        });
      }),
      runs,
    );
  });

  it('find betas that are exact, and refuse factors that are one', () => {
    const factors = fromRows(Array.from({ length: 30 }, (_, t) => [Math.sin(t), Math.cos(2 * t)]));
    const returns = fromRows(
      Array.from({ length: 30 }, (_, t) => [
        0.01 + 2 * Math.sin(t) - Math.cos(2 * t),
        0.5 * Math.cos(2 * t),
      ]),
    );
    const betas = jointBetas(returns, factors);
    if (!betas.ok) throw new Error(betas.fault.detail);
    [2, -1, 0, 0.5].forEach((beta, at) => {
      expect(betas.value.data[at]).toBeCloseTo(beta, 12);
    });
    const twins = fromRows(Array.from({ length: 30 }, (_, t) => [Math.sin(t), 2 * Math.sin(t)]));
    expect(jointBetas(returns, twins)).toMatchObject({
      ok: false,
      fault: { code: 'risk.collinear' },
    });
  });
});

describe('stressed correlations', () => {
  it('are correlations for every target and strength', () => {
    fc.assert(
      fc.property(
        book,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        ({ returns }, strength, target) => {
          const covariance = sampleCovariance(returns);
          const n = returns.columns;
          fc.pre(
            Array.from({ length: n }, (_, i) => covariance.data[i * (n + 1)] ?? 0).every(
              (each) => each > 1e-8,
            ),
          );
          const { correlation } = stressCorrelation(toCorrelation(covariance), strength, target);
          expect(symmetricEigen(correlation).values[0]).toBeGreaterThan(-1e-12);
          for (let i = 0; i < n; i++) expect(correlation.data[i * (n + 1)]).toBeCloseTo(1, 14);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('raise the risk of a long portfolio the further they go towards 1', () => {
    fc.assert(
      fc.property(book, ({ returns, weights }) => {
        const covariance = sampleCovariance(returns);
        const n = returns.columns;
        fc.pre(
          Array.from({ length: n }, (_, i) => covariance.data[i * (n + 1)] ?? 0).every(
            (each) => each > 1e-8,
          ),
        );
        const correlation = toCorrelation(covariance);
        const variances = [0, 0.3, 0.6, 1].map((strength) =>
          quadraticForm(stressCorrelation(correlation, strength, 1).correlation, weights),
        );
        variances.forEach((each, i) => {
          expect(each).toBeGreaterThanOrEqual((variances[i - 1] ?? 0) - 1e-12);
        });
      }),
      runs,
    );
  });
});

describe('episodes', () => {
  it('go forward in time and were all falls', () => {
    for (const { from, to, index } of episodes) {
      expect(from < to).toBe(true);
      expect(index).toBeLessThan(0);
    }
    expect(new Set(episodes.map(({ id }) => id)).size).toBe(episodes.length);
  });

  const days = ['2020-02-14', '2020-02-18', '2020-03-20', '2020-03-23'] as Day[];
  const window = { from: '2020-02-19' as Day, to: '2020-03-23' as Day };
  const weights = Float64Array.of(0.5, 0.5);

  it('run from the close on or before the first day to that of the last', () => {
    const levels = levelsOf({
      days,
      names: ['A', 'B'],
      values: [
        [90, 10],
        [100, 10],
        [70, 9],
        [60, null],
      ],
    });
    const { returns, portfolio, unknown } = replay(levels, weights, window);
    expect(returns).toEqual([expect.closeTo(-0.4, 14), expect.closeTo(-0.1, 14)]);
    expect(portfolio).toBeCloseTo(-0.25, 14);
    expect(unknown).toEqual([]);
  });

  it('read returns as they read prices', () => {
    const levels = levelsOf({
      days,
      names: ['A', 'B'],
      are: 'returns',
      values: [
        [0, 0],
        [0.1, 0],
        [-0.3, -0.1],
        [-0.2, 0],
      ],
    });
    const { returns } = replay(levels, weights, window);
    expect(returns[0]).toBeCloseTo(0.7 * 0.8 - 1, 14);
  });

  it('take a stand-in for what has no history, and say for what there is none', () => {
    const levels = levelsOf({
      days,
      names: ['A', 'B'],
      values: [
        [90, null],
        [100, null],
        [70, 9],
        [60, 8],
      ],
    });
    const stoodIn = replay(levels, weights, window, () => -0.3);
    expect(stoodIn).toMatchObject({
      proxied: ['B'],
      unknown: [],
      portfolio: expect.closeTo(-0.35, 14),
    });
    const left = replay(levels, weights, window);
    expect(left).toMatchObject({
      proxied: [],
      unknown: ['B'],
      portfolio: expect.closeTo(-0.2, 14),
    });
    const before = { from: '1987-10-13' as Day, to: '1987-10-19' as Day };
    expect(replay(levels, weights, before).portfolio).toBeNull();
  });
});

describe('scenarios', () => {
  const traits = {
    sectors: { A: 'tech', B: 'banks' },
    currencies: { B: 'USD' },
    durations: { C: 5 },
    convexities: { C: 30 },
  };
  const shocks = {
    name: 'storm',
    instruments: {},
    sectors: {},
    currencies: {},
    everything: 0,
    rates: 0,
  };

  it('compound price, rates and currency', () => {
    const returns = scenarioReturns(
      ['A', 'B', 'C', 'D'],
      {
        ...shocks,
        sectors: { tech: -0.3 },
        currencies: { USD: -0.1 },
        everything: -0.05,
        rates: 0.02,
      },
      traits,
    );
    expect(returns[0]).toBeCloseTo(-0.3, 14);
    expect(returns[1]).toBeCloseTo(0.95 * 0.9 - 1, 14);
    expect(returns[2]).toBeCloseTo(0.95 * (1 - 0.1 + 0.5 * 30 * 0.0004) - 1, 14);
    expect(returns[3]).toBeCloseTo(-0.05, 14);
  });

  it('take an instrument’s own shock before its sector’s', () => {
    const [own] = scenarioReturns(
      ['A'],
      { ...shocks, instruments: { A: 0.1 }, sectors: { tech: -0.3 } },
      traits,
    );
    expect(own).toBeCloseTo(0.1, 14);
  });

  it.each([
    [{ instruments: { Z: -0.1 } }, 'risk.unknown-shock'],
    [{ sectors: { oil: -0.1 } }, 'risk.unknown-shock'],
    [{ currencies: { JPY: -0.1 } }, 'risk.unknown-shock'],
    [{ everything: -1.5 }, 'risk.impossible-shock'],
  ])('refuse %j', (more, code) => {
    expect(whyNoScenario(['A', 'B'], { ...shocks, ...more }, traits)).toMatchObject({
      fault: { code },
    });
  });

  it('refuse rates where nothing has a duration', () => {
    expect(
      whyNoScenario(['A'], { ...shocks, rates: 0.01 }, { ...traits, durations: {} }),
    ).toMatchObject({ fault: { code: 'risk.no-durations' } });
  });
});
