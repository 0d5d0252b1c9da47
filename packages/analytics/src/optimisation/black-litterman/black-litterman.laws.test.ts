import { dot, fromRows, type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../../covariance/sample.ts';
import { sampleReturns, sampleWeights } from '../testing/sample-returns.ts';
import { blackLitterman, type Posterior, type Views } from './black-litterman.ts';
import { impliedReturns, marketRiskAversion, unconstrainedWeights } from './prior.ts';
import { readViews } from './read-views.ts';
import { confidenceErrors, proportionalErrors } from './view-errors.ts';

const tau = 0.05;
const draws = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  n: fc.integer({ min: 3, max: 10 }),
  k: fc.integer({ min: 1, max: 3 }),
});

interface Drawn {
  readonly covariance: Matrix;
  readonly market: Float64Array;
  readonly prior: Float64Array;
  readonly views: Views;
}

/** Each view is on one instrument less half of the next. */
function drawn({ seed, n, k }: { seed: number; n: number; k: number }): Drawn {
  const covariance = sampleCovariance(sampleReturns(seed, 100, n));
  const market = sampleWeights(seed, n);
  const prior = impliedReturns(covariance, market, 2.5);
  const portfolios = matrix(k, n);
  for (let i = 0; i < k; i++) {
    portfolios.data[i * n + i] = 1;
    portfolios.data[i * n + i + 1 - (i + 1 === n ? n : 0)] = -0.5;
  }
  const returns = timesVector(portfolios, prior).map((each, i) => each + 0.001 * (i + 1));
  return { covariance, market, prior, views: { portfolios, returns } };
}

function had({ covariance, prior, views }: Drawn, omega: Matrix): Posterior {
  const found = blackLitterman(covariance, prior, views, omega, tau);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const near = (found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void => {
  for (let i = 0; i < wanted.length; i++) {
    expect(Math.abs(found[i] - wanted[i])).toBeLessThan(tolerance);
  }
};

describe('Black and Litterman', () => {
  it('leave the prior as it is without views, and where views only repeat it', () => {
    fc.assert(
      fc.property(draws, (each) => {
        const all = drawn(each);
        const none = { portfolios: matrix(0, each.n), returns: new Float64Array(0) };
        const without = had({ ...all, views: none }, matrix(0, 0));
        near(without.mean, all.prior, 1e-16);
        near(
          without.covariance.data,
          all.covariance.data.map((x) => x * (1 + tau)),
          1e-16,
        );
        const same = { ...all.views, returns: timesVector(all.views.portfolios, all.prior) };
        near(
          had({ ...all, views: same }, proportionalErrors(all.covariance, same, tau)).mean,
          all.prior,
          1e-15,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('meet certain views exactly, and go half of the way to those of confidence a half', () => {
    fc.assert(
      fc.property(draws, (each) => {
        const all = drawn(each);
        const { covariance, views, prior } = all;
        const certain = had(
          all,
          confidenceErrors(covariance, views, new Float64Array(each.k).fill(1), tau),
        );
        near(timesVector(views.portfolios, certain.mean), views.returns, 1e-12);
        near(
          timesVector(
            views.portfolios,
            timesVector(certain.uncertainty, views.portfolios.data.slice(0, each.n)),
          ),
          new Float64Array(each.k),
          1e-14,
        );
        const one = {
          portfolios: fromRows([Array.from(views.portfolios.data.slice(0, each.n))]),
          returns: views.returns.slice(0, 1),
        };
        const half = had(
          { ...all, views: one },
          confidenceErrors(covariance, one, Float64Array.of(0.5), tau),
        );
        const before = dot(one.portfolios.data, prior);
        expect(dot(one.portfolios.data, half.mean)).toBeCloseTo((before + one.returns[0]) / 2, 12);
        expect(confidenceErrors(covariance, one, Float64Array.of(0.5), tau)).toEqual(
          proportionalErrors(covariance, one, tau),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('know less of what was viewed than before, never less than nothing', () => {
    fc.assert(
      fc.property(draws, (each) => {
        const all = drawn(each);
        const { uncertainty, covariance } = had(
          all,
          proportionalErrors(all.covariance, all.views, tau),
        );
        for (let i = 0; i < each.n; i++) {
          const at = i * each.n + i;
          expect(uncertainty.data[at]).toBeGreaterThanOrEqual(-1e-18);
          expect(uncertainty.data[at]).toBeLessThanOrEqual(tau * all.covariance.data[at] + 1e-18);
          for (let j = 0; j < i; j++) {
            expect(covariance.data[i * each.n + j]).toBe(covariance.data[j * each.n + i]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('find the weights of the market optimal under its own returns', () => {
    const { covariance, market, prior } = drawn({ seed: 1, n: 5, k: 1 });
    near(unconstrainedWeights(covariance, prior, 2.5) ?? [], market, 1e-10);
    expect(
      unconstrainedWeights(matrix(2, 2, new Float64Array(4).fill(1)), prior.slice(0, 2), 1),
    ).toBeNull();
    expect(marketRiskAversion(Float64Array.of(0.01, 0.03), 0.02, 12)).toBeCloseTo(
      (0.24 - 0.02) / 0.0024,
      10,
    );
    expect(marketRiskAversion(Float64Array.of(0.01, 0.01), 0, 12)).toBeNaN();
  });

  it('refuse certain views that contradict each other, and views on nothing', () => {
    const all = drawn({ seed: 2, n: 3, k: 1 });
    const twice = {
      portfolios: fromRows([
        [1, 0, 0],
        [1, 0, 0],
      ]),
      returns: Float64Array.of(0.1, 0.2),
    };
    expect(blackLitterman(all.covariance, all.prior, twice, matrix(2, 2), tau)).toMatchObject({
      ok: false,
      fault: { code: 'black-litterman.views' },
    });
    const names = ['A', 'B', 'C'];
    const refused = (weights: Readonly<Record<string, number>>): unknown => {
      const read = readViews([{ weights, return: 0.1 }], names, all.covariance, tau);
      return read.ok ? read.value : read.fault.detail;
    };
    expect(refused({ D: 1 })).toBe('View 1 is on D, which is not among A, B, C.');
    expect(refused({})).toContain('no instrument');
    expect(() => confidenceErrors(all.covariance, twice, Float64Array.of(0, 1), tau)).toThrow(
      'above 0',
    );
  });
});
