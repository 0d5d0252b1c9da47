import { highs } from '@plimsoll/adapters/highs';
import { dot, type Matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import type { SolveLinear } from '@plimsoll/quant/solver';
import { columnMeans } from '@plimsoll/quant/statistics';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { maxGrowth } from '../kelly/max-growth.ts';
import { sampleRegion, sampleReturns, sampleWeights } from '../testing/sample-returns.ts';
import { minEntropicRisk } from './min-entropic-risk.ts';
import { minScenarioRisk } from './min-scenario-risk.ts';
import { minSemiVariance } from './min-semi-variance.ts';
import type { LinearMeasure } from './scenario-program.ts';
import { entropicRisk, type ScenarioMeasure, scenarioRisk } from './scenario-risk.ts';

let solve: SolveLinear;
beforeAll(async () => {
  solve = await highs.open();
});

const linear: readonly LinearMeasure[] = [
  'cvar',
  'worst',
  'mean-absolute-deviation',
  'max-drawdown',
  'average-drawdown',
  'cdar',
];
const seed = fc.integer({ min: 0, max: 1e6 });
const tails = fc.constantFrom(0.01, 0.05, 0.1, 0.25);

function had<T>(result: { ok: true; value: T } | { ok: false; fault: { detail: string } }): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const riskOf = (measure: ScenarioMeasure, returns: Matrix, w: Float64Array, tail: number): number =>
  scenarioRisk(measure, timesVector(returns, w), tail);

describe('risk of scenarios', () => {
  it('orders the tail measures: VaR ≤ CVaR ≤ EVaR ≤ worst', () => {
    fc.assert(
      fc.property(seed, tails, fc.integer({ min: 3, max: 200 }), (s, tail, periods) => {
        const returns = sampleReturns(s, periods, 1).data;
        const [a, b, c, d] = (['value-at-risk', 'cvar', 'evar', 'worst'] as const).map((measure) =>
          scenarioRisk(measure, returns, tail),
        );
        const slack = 1e-12;
        expect(a).toBeLessThanOrEqual(b + slack);
        expect(b).toBeLessThanOrEqual(c + slack);
        expect(c).toBeLessThanOrEqual(d + slack);
        const [avg, cdar, max] = (['average-drawdown', 'cdar', 'max-drawdown'] as const).map(
          (each) => scenarioRisk(each, returns, tail),
        );
        expect(avg).toBeLessThanOrEqual(cdar + slack);
        expect(cdar).toBeLessThanOrEqual(max + slack);
      }),
      { numRuns: 100 },
    );
  });

  it('is coherent: CVaR and EVaR scale, shift and are subadditive', () => {
    fc.assert(
      fc.property(seed, tails, fc.double({ min: 0.1, max: 9, noNaN: true }), (s, tail, factor) => {
        const two = sampleReturns(s, 120, 2);
        const x = timesVector(two, Float64Array.of(1, 0));
        const y = timesVector(two, Float64Array.of(0, 1));
        for (const measure of ['cvar', 'evar'] as const) {
          const risk = (of: Float64Array): number => scenarioRisk(measure, of, tail);
          const near = (found: number, wanted: number): void => {
            expect(Math.abs(found - wanted)).toBeLessThan(1e-9);
          };
          near(risk(x.map((each) => factor * each)), factor * risk(x));
          near(risk(x.map((each) => each + 0.01)), risk(x) - 0.01);
          expect(risk(x.map((each, t) => each + y[t]))).toBeLessThanOrEqual(
            risk(x) + risk(y) + 1e-9,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is CVaR by Rockafellar and Uryasev: the least over the level a', () => {
    fc.assert(
      fc.property(seed, tails, (s, tail) => {
        const returns = sampleReturns(s, 90, 1).data;
        const at = (a: number): number =>
          a + returns.reduce((sum, each) => sum + Math.max(-each - a, 0), 0) / (tail * 90);
        const least = Math.min(...returns.map((each) => at(-each)));
        expect(scenarioRisk('cvar', returns, tail)).toBeCloseTo(least, 13);
      }),
      { numRuns: 60 },
    );
  });
});

describe('weights of the least risk', () => {
  it.each(linear)('are never worse than any others: %s', (measure) => {
    fc.assert(
      fc.property(seed, tails, fc.integer({ min: 2, max: 7 }), (s, tail, n) => {
        const returns = sampleReturns(s, 80, n);
        const { weights, risk } = had(
          minScenarioRisk(measure, returns, sampleRegion(n), tail, solve),
        );
        expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 10);
        expect(weights.every((each) => each >= 0)).toBe(true);
        expect(risk).toBe(riskOf(measure, returns, weights, tail));
        for (let k = 0; k < 40; k++) {
          const other = sampleWeights(s + k, n);
          const near = weights.map((each, i) => 0.99 * each + 0.01 * other[i]);
          expect(risk).toBeLessThanOrEqual(riskOf(measure, returns, other, tail) + 1e-12);
          expect(risk).toBeLessThanOrEqual(riskOf(measure, returns, near, tail) + 1e-12);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('price a limit as the change of the risk', () => {
    const returns = sampleReturns(11, 150, 5);
    const means = columnMeans(returns);
    const target = 0.8 * Math.max(...means);
    const region = (least: number) => {
      const base = sampleRegion(5);
      return {
        ...base,
        rows: [
          ...base.rows,
          {
            name: 'mean return',
            coefficients: means,
            lower: least,
            upper: Number.POSITIVE_INFINITY,
            unit: 'fraction' as const,
          },
        ],
      };
    };
    const at = (least: number) => had(minScenarioRisk('cvar', returns, region(least), 0.05, solve));
    const priced = at(target).active.find(({ name }) => name.startsWith('mean return'))?.price;
    const step = 1e-7;
    expect(priced).toBeCloseTo((at(target + step).risk - at(target).risk) / step, 4);
  });

  it('keep turnover, gross weight and a number of names', () => {
    const returns = sampleReturns(5, 100, 6);
    const current = new Float64Array(6).fill(1 / 6);
    const free = { lower: new Float64Array(6).fill(-1), upper: new Float64Array(6).fill(1) };
    const total = (w: Float64Array, of: (each: number, i: number) => number): number =>
      w.reduce((sum, each, i) => sum + of(each, i), 0);
    const little = had(
      minScenarioRisk('cvar', returns, sampleRegion(6, { current, turnover: 0.1 }), 0.05, solve),
    );
    expect(total(little.weights, (each, i) => Math.abs(each - current[i]) / 2)).toBeCloseTo(0.1, 9);
    const gross = had(
      minScenarioRisk('cvar', returns, sampleRegion(6, { ...free, gross: 1.3 }), 0.05, solve),
    );
    expect(total(gross.weights, Math.abs)).toBeLessThanOrEqual(1.3 + 1e-9);
    expect(gross.active.map(({ name }) => name)).toContain('gross weight at most 130 %');
    const few = had(
      minScenarioRisk('cvar', returns, sampleRegion(6, { maxNames: 2 }), 0.05, solve),
    );
    expect(few.weights.filter((each) => each > 1e-9)).toHaveLength(2);
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 6; i++) {
      for (let j = i + 1; j < 6; j++) {
        const upper = Float64Array.from({ length: 6 }, (_, k) => (k === i || k === j ? 1 : 0));
        best = Math.min(
          best,
          had(minScenarioRisk('cvar', returns, sampleRegion(6, { upper }), 0.05, solve)).risk,
        );
      }
    }
    expect(few.risk).toBeCloseTo(best, 9);
  });

  it('refuse what conflicts, by name, and risk without end', () => {
    const returns = sampleReturns(3, 40, 3);
    const upper = new Float64Array(3).fill(0.2);
    for (const found of [
      minScenarioRisk('cvar', returns, sampleRegion(3, { upper }), 0.05, solve),
      minSemiVariance(returns, sampleRegion(3, { upper })),
      minEntropicRisk(returns, sampleRegion(3, { upper }), 0.05, solve),
      maxGrowth(returns, sampleRegion(3, { upper })),
    ]) {
      expect(found).toMatchObject({
        ok: false,
        fault: { code: 'optimisation.infeasible', detail: expect.stringContaining('budget') },
      });
    }
    const free = sampleRegion(2, { lower: new Float64Array(2).fill(Number.NEGATIVE_INFINITY) });
    const rising = { rows: 2, columns: 2, data: Float64Array.of(0.02, 0.01, 0.03, 0.01) };
    expect(minScenarioRisk('worst', rising, free, 0.05, solve)).toMatchObject({
      ok: false,
      fault: { code: 'optimisation.unbounded' },
    });
  });
});

describe('curved objectives', () => {
  const cases = fc.record({ s: seed, n: fc.integer({ min: 2, max: 8 }) });

  it('have the least semi-variance and entropic risk, and the greatest growth, of all', () => {
    fc.assert(
      fc.property(cases, ({ s, n }) => {
        const returns = sampleReturns(s, 90, n);
        const region = sampleRegion(n);
        const semi = had(minSemiVariance(returns, region));
        const evar = had(minEntropicRisk(returns, region, 0.05, solve));
        const growth = had(maxGrowth(returns, region));
        const grown = (w: Float64Array): number =>
          timesVector(returns, w).reduce((sum, each) => sum + Math.log1p(each), 0) / 90;
        expect(Math.sqrt(semi.value)).toBeCloseTo(
          riskOf('semi-deviation', returns, semi.weights, 1),
          12,
        );
        expect(evar.value).toBeCloseTo(riskOf('evar', returns, evar.weights, 0.05), 10);
        expect(growth.value).toBeCloseTo(grown(growth.weights), 14);
        for (let k = 0; k < 25; k++) {
          const other = sampleWeights(s + k, n);
          expect(semi.value).toBeLessThanOrEqual(
            riskOf('semi-deviation', returns, other, 1) ** 2 + 1e-14,
          );
          expect(evar.value).toBeLessThanOrEqual(riskOf('evar', returns, other, 0.05) + 1e-10);
          expect(growth.value).toBeGreaterThanOrEqual(grown(other) - 1e-14);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are the least worst loss where few scenarios leave nothing else', () => {
    const returns = sampleReturns(20, 30, 20);
    const evar = had(minEntropicRisk(returns, sampleRegion(20), 0.05, solve));
    const worst = had(minScenarioRisk('worst', returns, sampleRegion(20), 0.05, solve));
    expect(evar.value).toBeCloseTo(worst.risk, 12);
  });

  it('meet the Karush–Kuhn–Tucker conditions of growth', () => {
    fc.assert(
      fc.property(cases, ({ s, n }) => {
        const returns = sampleReturns(s, 250, n);
        const { weights } = had(maxGrowth(returns, sampleRegion(n)));
        const scale = timesVector(returns, weights).map((each) => 1 / (1 + each) / 250);
        const gradient = Float64Array.from({ length: n }, (_, i) =>
          scale.reduce((sum, each, t) => sum + each * returns.data[t * n + i], 0),
        );
        const level = dot(gradient, weights);
        gradient.forEach((each, i) => {
          if (weights[i] > 1e-9) expect(Math.abs(each - level)).toBeLessThan(1e-10);
          else expect(each).toBeLessThanOrEqual(level + 1e-10);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('meet them with 500 instruments, as many as periods or more', () => {
    const [n, T] = [500, 300];
    const returns = sampleReturns(77, T, n);
    const region = sampleRegion(n, { upper: new Float64Array(n).fill(0.3) });
    /** The greatest violation, given the weight that each period has in the gradient. */
    const residual = (w: Float64Array, periods: Float64Array): number => {
      const gradient = new Float64Array(n);
      for (let t = 0; t < T; t++) {
        for (let i = 0; i < n; i++) gradient[i] += periods[t] * returns.data[t * n + i];
      }
      const between = Array.from(w.keys()).filter((i) => w[i] > 1e-9 && w[i] < 0.3 - 1e-9);
      const level = between.reduce((sum, i) => sum + gradient[i], 0) / between.length;
      return gradient.reduce((most, each, i) => {
        const off = each - level;
        return Math.max(most, w[i] <= 1e-9 ? -off : w[i] >= 0.3 - 1e-9 ? off : Math.abs(off));
      }, 0);
    };
    const semi = had(minSemiVariance(returns, region)).weights;
    const x = timesVector(returns, semi);
    const mean = x.reduce((sum, each) => sum + each, 0) / T;
    const below = x.map((each) => (2 * Math.min(each - mean, 0)) / (T - 1));
    const centre = below.reduce((sum, each) => sum + each, 0) / T;
    expect(
      residual(
        semi,
        below.map((each) => each - centre),
      ),
    ).toBeLessThan(1e-12);
    const evar = had(minEntropicRisk(returns, region, 0.05, solve));
    const y = timesVector(returns, evar.weights);
    const { z } = entropicRisk(y, 0.05);
    const worst = Math.min(...y);
    const tilted = y.map((each) => Math.exp((worst - each) / z));
    const sum = tilted.reduce((all, each) => all + each, 0);
    expect(
      residual(
        evar.weights,
        tilted.map((each) => -each / sum),
      ),
    ).toBeLessThan(1e-8);
  });

  it('do not depend on the order of the instruments', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const returns = sampleReturns(s, 120, 5);
        const order = [3, 0, 4, 1, 2];
        const turned = {
          ...returns,
          data: returns.data.map((_, k) => returns.data[k - (k % 5) + order[k % 5]]),
        };
        const region = sampleRegion(5);
        for (const choose of [minSemiVariance, maxGrowth]) {
          const one = had(choose(returns, region)).weights;
          const other = had(choose(turned, region)).weights;
          order.forEach((from, i) => {
            expect(Math.abs(other[i] - one[from])).toBeLessThan(1e-7);
          });
        }
      }),
      { numRuns: 15 },
    );
  });

  it('keep turnover and gross weight too', () => {
    const returns = sampleReturns(8, 120, 5);
    const current = new Float64Array(5).fill(0.2);
    const { weights, active } = had(
      maxGrowth(returns, sampleRegion(5, { current, turnover: 0.05 })),
    );
    expect(weights.reduce((sum, each) => sum + Math.abs(each - 0.2) / 2, 0)).toBeCloseTo(0.05, 9);
    expect(active.map(({ name }) => name)).toContain('turnover at most 5 %');
    const free = { lower: new Float64Array(5).fill(-1), upper: new Float64Array(5).fill(2) };
    const evar = had(
      minEntropicRisk(returns, sampleRegion(5, { ...free, gross: 1.2 }), 0.05, solve),
    );
    expect(evar.weights.reduce((sum, each) => sum + Math.abs(each), 0)).toBeLessThanOrEqual(
      1.2 + 1e-9,
    );
  });
});

describe('references', () => {
  const returns = {
    rows: 60,
    columns: 4,
    data: Float64Array.from({ length: 240 }, (_, k) => {
      const [t, i] = [Math.floor(k / 4), k % 4];
      return (((t * t * 37 + i * 61 + t * i * 7) % 101) - 48) / 2000;
    }),
  };

  // SciPy 1.10.1: linprog (HiGHS) and minimize (SLSQP).
  it('agree with SciPy', () => {
    const region = sampleRegion(4);
    const cvar = had(minScenarioRisk('cvar', returns, region, 0.1, solve));
    expect(cvar.risk).toBeCloseTo(0.01202083333333333, 13);
    [0.2553041018387558, 0.28041018387553013, 0.13755304101838797, 0.3267326732673261].forEach(
      (wanted, i) => {
        expect(cvar.weights[i]).toBeCloseTo(wanted, 9);
      },
    );
    const cdar = had(minScenarioRisk('cdar', returns, region, 0.1, solve));
    expect(cdar.risk).toBeCloseTo(0.023883149959250206, 13);
    expect(had(minEntropicRisk(returns, region, 0.1, solve)).value).toBeCloseTo(
      0.015020796396311148,
      11,
    );
    const growth = had(maxGrowth(returns, region));
    expect(growth.value).toBeCloseTo(0.004000163168632328, 14);
    expect(growth.weights[1]).toBe(1);
  });
});
