import { seededRandom } from '@plimsoll/kernel';
import { dot, type Matrix, matrix, quadraticForm, solve } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxRatio } from '../mean-variance/max-ratio.ts';
import { mostGainAtRisk } from '../mean-variance/most-gain-at-risk.ts';
import { type Constraint, regionOf } from '../problem/constraint.ts';
import type { Region } from '../problem/region.ts';
import { solveTerms } from '../problem/solve-terms.ts';
import { efficientFrontier } from './efficient-frontier.ts';

/** Returns of a few periods: with fewer periods than names the covariance is singular. */
function market(
  n: number,
  periods: number,
  seed: number,
): { mu: Float64Array; covariance: Matrix } {
  const { next } = seededRandom(seed);
  const covariance = matrix(n, n);
  for (let t = 0; t < periods; t++) {
    const common = next() - 0.5;
    const r = Float64Array.from({ length: n }, () => 0.2 * (common + next() - 0.5));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) covariance.data[i * n + j] += (r[i] * r[j]) / periods;
    }
  }
  return { mu: Float64Array.from({ length: n }, () => 0.2 * next() - 0.05), covariance };
}

const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `A${i}`);

function regionFor(n: number, more: readonly Constraint[] = []): Region {
  const made = regionOf(names(n), [{ kind: 'budget', total: 1 }, ...more]);
  if (!made.ok) throw new Error(made.fault.detail);
  return made.value;
}

const limits = fc.constantFrom<readonly Constraint[]>(
  [{ kind: 'bounds', lower: 0, upper: 1 }],
  [{ kind: 'bounds', lower: 0.01, upper: 0.5 }],
  [{ kind: 'bounds', lower: -0.3, upper: 0.6 }],
  [
    { kind: 'bounds', lower: 0, upper: 0.7 },
    { kind: 'group', name: 'first two', members: ['A0', 'A1'], lower: 0.1, upper: 0.4 },
  ],
  [
    { kind: 'bounds', lower: -1, upper: 1 },
    { kind: 'gross', limit: 1.4 },
  ],
);

const setting = fc.record({
  n: fc.integer({ min: 3, max: 12 }),
  periods: fc.integer({ min: 2, max: 40 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  more: limits,
});

const got = <T>(result: { ok: true; value: T } | { ok: false; fault: { detail: string } }): T => {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
};

describe('the efficient frontier', () => {
  it('rises in return and risk, is convex in variance, and no weights are better', () => {
    fc.assert(
      fc.property(setting, ({ n, periods, seed, more }) => {
        const { mu, covariance } = market(n, periods, seed);
        const region = regionFor(n, more);
        const { corners, at } = got(
          efficientFrontier({ region, covariance, gain: mu, tradeCost: null, benchmark: null }),
        );
        for (let i = 1; i < corners.length; i++) {
          const [a, b] = [corners[i - 1], corners[i]];
          expect(b.lambda).toBeGreaterThanOrEqual(a.lambda);
          expect(b.expectedReturn).toBeGreaterThanOrEqual(a.expectedReturn - 1e-12);
          expect(b.volatility ** 2).toBeGreaterThanOrEqual(a.volatility ** 2 - 1e-14);
        }
        const low = corners[0].expectedReturn;
        const high = corners[corners.length - 1].expectedReturn;
        for (const share of [0.2, 0.5, 0.8]) {
          const wanted = low + share * (high - low);
          const { weights, volatility } = at(wanted);
          expect(dot(mu, weights)).toBeCloseTo(wanted, 10);
          const row = { name: 'return', coefficients: mu, lower: wanted, upper: wanted };
          const exact = got(
            solveTerms([{ kind: 'variance', matrix: covariance, scale: 1 }], {
              region: { ...region, rows: [...region.rows, { ...row, unit: 'number' }] },
              covariance,
            }),
          );
          expect(volatility ** 2).toBeCloseTo(exact.value, 10);
        }
        const middle = at((low + high) / 2).volatility ** 2;
        const ends = (corners[0].volatility ** 2 + corners[corners.length - 1].volatility ** 2) / 2;
        expect(middle).toBeLessThanOrEqual(ends + 1e-12);
      }),
      { numRuns: 150 },
    );
  });

  it('has its best ratio where the tangency is, and its most return for a risk on the curve', () => {
    fc.assert(
      fc.property(setting, ({ n, periods, seed, more }) => {
        const { mu, covariance } = market(n, periods, seed);
        const region = regionFor(n, more);
        const frontier = { region, covariance, gain: mu, tradeCost: null, benchmark: null };
        const { corners, at } = got(efficientFrontier(frontier));
        const low = corners[0];
        const high = corners[corners.length - 1];
        const best = maxRatio(frontier);
        if (low.volatility < 1e-7 || !best.ok) {
          expect(low.volatility < 1e-7 || high.expectedReturn <= 1e-12).toBe(true);
          return;
        }
        const { weights, ratio } = best.value;
        expect(dot(mu, weights) / Math.sqrt(quadraticForm(covariance, weights))).toBeCloseTo(
          ratio,
          9,
        );
        for (let k = 0; k <= 20; k++) {
          const point = at(
            low.expectedReturn + ((high.expectedReturn - low.expectedReturn) * k) / 20,
          );
          expect(point.expectedReturn / point.volatility).toBeLessThanOrEqual(ratio + 1e-9);
          const found = got(mostGainAtRisk(frontier, point.volatility, 'volatility'));
          expect(found.risk).toBeLessThanOrEqual(point.volatility * (1 + 1e-9));
          expect(found.gain).toBeGreaterThanOrEqual(point.expectedReturn - 1e-8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the ratio the same weights whatever the unit of returns, and a price for each bound', () => {
    const { mu, covariance } = market(8, 30, 4);
    const ratioAt = (cap: number, scale = 1) => {
      const region = regionFor(8, [{ kind: 'bounds', lower: 0, upper: cap }]);
      const scaled = matrix(
        8,
        8,
        covariance.data.map((value) => value * scale * scale),
      );
      const gain = mu.map((value) => value * scale);
      return got(maxRatio({ region, covariance: scaled, gain, tradeCost: null, benchmark: null }));
    };
    const one = ratioAt(0.3);
    const daily = ratioAt(0.3, 1 / 252);
    one.weights.forEach((w, i) => {
      expect(daily.weights[i]).toBeCloseTo(w, 10);
    });
    expect(daily.ratio).toBeCloseTo(one.ratio, 12);
    const step = 1e-6;
    const slope = (ratioAt(0.3 + step).ratio - ratioAt(0.3 - step).ratio) / (2 * step);
    const prices = one.active.filter(({ name }) => name.endsWith('at most 30 %'));
    expect(prices.length).toBeGreaterThan(0);
    expect(prices.reduce((sum, { price }) => sum + (price ?? 0), 0)).toBeCloseTo(slope, 5);
  });

  it('is the closed form where no bound is in the way, of few names as of many', () => {
    for (const n of [10, 80]) {
      const { mu, covariance } = market(n, 4 * n, 9);
      const gain = mu.map((value) => value + 0.2);
      const region = regionFor(n, [{ kind: 'bounds', lower: -100, upper: 100 }]);
      const { weights, ratio, active } = got(
        maxRatio({ region, covariance, gain, tradeCost: null, benchmark: null }),
      );
      const y = solve(covariance, gain) ?? new Float64Array(n);
      const sum = y.reduce((total, value) => total + value, 0);
      weights.forEach((w, i) => {
        expect(w).toBeCloseTo(y[i] / sum, 9);
      });
      expect(ratio).toBeCloseTo(Math.sqrt(dot(gain, y)), 9);
      expect(active.map(({ name }) => name)).toEqual(['budget exactly 100 %']);
    }
  });

  it('says why there is no ratio', () => {
    const { covariance } = market(3, 30, 4);
    const region = regionFor(3, [{ kind: 'bounds', lower: 0, upper: 1 }]);
    const ask = (gain: Float64Array, within: Region) =>
      maxRatio({ region: within, covariance, gain, tradeCost: null, benchmark: null });
    const poor = ask(Float64Array.of(-0.1, -0.02, -0.3), region);
    expect(poor.ok ? '' : poor.fault.detail).toMatch(
      /the best instrument, A1, is expected to make -2 % beyond/,
    );
    const neutral = regionOf(names(3), [{ kind: 'budget', total: 0 }]);
    const none = ask(Float64Array.of(0.1, 0.02, 0.3), got(neutral));
    expect(none.ok ? '' : none.fault.detail).toMatch(/needs a budget above 0, not 0/);
  });
});
