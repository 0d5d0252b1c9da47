import type { Matrix } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReturns } from '../testing/sample-returns.ts';
import { entropyPooling, type Pooled } from './entropy-pooling.ts';
import { pooledMoments, poolScenarios, type ScenarioView } from './scenario-views.ts';

const names = ['A', 'B', 'C'];
const even = (n: number): Float64Array => new Float64Array(n).fill(1 / n);
const seed = fc.integer({ min: 0, max: 1e6 });

function had(scenarios: Matrix, views: readonly ScenarioView[]): Pooled {
  const found = poolScenarios(scenarios, names, even(scenarios.rows), views);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const expectation = (q: Float64Array, of: (t: number) => number): number =>
  q.reduce((sum, each, t) => sum + each * of(t), 0);

describe('entropy pooling', () => {
  it('keeps the prior without views, and under views that hold already', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const scenarios = sampleReturns(s, 150, 3);
        const none = had(scenarios, []);
        expect(none.probabilities.every((each) => Math.abs(each - 1 / 150) < 1e-16)).toBe(true);
        expect(none.effectiveScenarios).toBeCloseTo(150, 9);
        const { means } = pooledMoments(scenarios, even(150));
        const slack = had(scenarios, [
          { kind: 'mean', of: 0, sense: '≤', value: means[0] + 0.001 },
          { kind: 'mean', of: 1, sense: '≥', value: means[1] - 0.001 },
        ]);
        expect(slack.divergence).toBeLessThan(1e-14);
        expect(Array.from(slack.multipliers, Math.abs)).toEqual([0, 0]);
      }),
      { numRuns: 30 },
    );
  });

  it('meets views on means, orders, volatilities and correlations', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const scenarios = sampleReturns(s, 400, 3);
        const before = pooledMoments(scenarios, even(400));
        const deviation = (i: number): number => Math.sqrt(before.covariance[i * 3 + i]);
        const target = before.means[0] + 0.1 * deviation(0);
        const q = had(scenarios, [
          { kind: 'mean', of: 0, sense: '=', value: target },
          { kind: 'mean', of: 1, less: 2, sense: '≥', value: 0.0005 },
          { kind: 'volatility', of: 0, value: 0.9 * deviation(0) },
          { kind: 'correlation', of: 0, with: 2, value: 0.3 },
        ]).probabilities;
        const { means, covariance } = pooledMoments(scenarios, q);
        expect(Math.abs(means[0] - target)).toBeLessThan(1e-10);
        expect(means[1] - means[2]).toBeGreaterThan(0.0005 - 1e-10);
        expect(Math.sqrt(covariance[0])).toBeCloseTo(0.9 * deviation(0), 9);
        const correlation = covariance[2] / Math.sqrt(covariance[0] * covariance[8]);
        expect(correlation).toBeCloseTo(0.3, 7);
        expect(q.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
        expect(q.every((each) => each >= 0)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('moves probabilities less than any others that meet the view', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const scenarios = sampleReturns(s, 60, 3);
        const returns = Float64Array.from({ length: 60 }, (_, t) => scenarios.data[t * 3]);
        const target = returns.reduce((sum, each) => sum + each, 0) / 60 + 0.001;
        const { probabilities, divergence } = had(scenarios, [
          { kind: 'mean', of: 0, sense: '=', value: target },
        ]);
        // Directions that keep the sum and the mean: of three scenarios each.
        for (let t = 0; t + 2 < 60; t += 3) {
          const [a, b, c] = [returns[t], returns[t + 1], returns[t + 2]];
          const d = [c - b, a - c, b - a];
          const size =
            0.01 * Math.min(...d.map((each, i) => probabilities[t + i] / Math.abs(each)));
          for (const sign of [size, -size]) {
            const other = probabilities.map((q, i) =>
              i >= t && i < t + 3 ? q + sign * d[i - t] : q,
            );
            const off = expectation(other, (i) => Math.log(other[i] * 60));
            expect(off).toBeGreaterThanOrEqual(divergence - 1e-15);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('meets views on tails', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const scenarios = sampleReturns(s, 300, 3);
        const sorted = Float64Array.from({ length: 300 }, (_, t) => scenarios.data[t * 3]).sort();
        const at = -sorted[20];
        const q = had(scenarios, [
          { kind: 'value-at-risk', of: 0, tail: 0.1, value: at },
        ]).probabilities;
        const below = expectation(q, (t) => (scenarios.data[t * 3] <= -at ? 1 : 0));
        expect(below).toBeCloseTo(0.1, 10);
        const mean = -sorted.slice(0, 15).reduce((sum, each) => sum + each, 0) / 15;
        const wanted = 1.1 * mean;
        const pooled = had(scenarios, [{ kind: 'cvar', of: 0, tail: 0.05, value: wanted }]);
        const order = Array.from(sorted.keys()).map((_, t) => t);
        order.sort((i, j) => scenarios.data[i * 3] - scenarios.data[j * 3]);
        let [left, loss] = [0.05, 0];
        for (const t of order) {
          const part = Math.min(left, pooled.probabilities[t]);
          loss -= part * scenarios.data[t * 3];
          left -= part;
        }
        expect(Math.abs(loss / 0.05 - wanted)).toBeLessThan(1e-8);
      }),
      { numRuns: 15 },
    );
  });

  it('names the view that cannot be met, and those that contradict each other', () => {
    const scenarios = sampleReturns(1, 50, 3);
    const fault = (views: readonly ScenarioView[]): string => {
      const found = poolScenarios(scenarios, names, even(50), views);
      return found.ok ? 'met' : `${found.fault.code}: ${found.fault.detail}`;
    };
    expect(fault([{ kind: 'mean', of: 1, sense: '=', value: 5 }])).toContain(
      'out-of-reach: No probabilities meet the view mean of B = 5',
    );
    expect(
      fault([
        { kind: 'mean', of: 0, sense: '=', value: 0.001 },
        { kind: 'mean', of: 0, sense: '=', value: 0.002 },
      ]),
    ).toContain('contradiction');
    expect(fault([{ kind: 'cvar', of: 0, tail: 0.05, value: 0.9 }])).toContain('out-of-reach');
    expect(fault([0, 1].map((of) => ({ kind: 'cvar', of, tail: 0.05, value: 0.02 })))).toContain(
      'two-cvar-views',
    );
    const twice = { quantity: Float64Array.of(1, 2), sense: '=', target: 1.5, name: 'x' } as const;
    expect(entropyPooling(even(2), [twice, twice])).toMatchObject({ ok: true });
  });
});
