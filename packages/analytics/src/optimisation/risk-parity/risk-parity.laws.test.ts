import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../../covariance/sample.ts';
import { sampleRegion, sampleReturns, sampleWeights } from '../testing/sample-returns.ts';
import { fitRegion } from './fit-region.ts';
import { type RiskParity, riskParity, riskShares } from './risk-parity.ts';

const draws = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  n: fc.integer({ min: 1, max: 25 }),
});

function had(covariance: Matrix, budgets?: Float64Array): RiskParity {
  const found = riskParity(covariance, budgets);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const covarianceOf = (seed: number, n: number, periods = 60): Matrix =>
  sampleCovariance(sampleReturns(seed, periods, n));

describe('risk parity', () => {
  it('shares the risk as budgeted, to twelve digits', () => {
    fc.assert(
      fc.property(draws, ({ seed, n }) => {
        const budgets = sampleWeights(seed + 1, n).map((each) => each + 0.01);
        const total = budgets.reduce((sum, each) => sum + each, 0);
        const { weights, shares, residual } = had(covarianceOf(seed, n), budgets);
        expect(weights.every((each) => each > 0)).toBe(true);
        expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 14);
        shares.forEach((share, i) => {
          expect(Math.abs(share - budgets[i] / total)).toBeLessThan(1e-12);
        });
        expect(residual).toBeLessThan(1e-12);
        expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 13);
      }),
      { numRuns: 60 },
    );
  });

  it('has one answer also where there are more instruments than periods', () => {
    expect(had(covarianceOf(4, 40, 20)).residual).toBeLessThan(1e-12);
    expect(had(covarianceOf(5, 300, 250)).residual).toBeLessThan(1e-12);
  });

  it('does not change with the scale of returns, and turns with the order', () => {
    fc.assert(
      fc.property(draws, fc.double({ min: 1e-4, max: 1e4, noNaN: true }), ({ seed, n }, factor) => {
        const covariance = covarianceOf(seed, n);
        const { weights } = had(covariance);
        const scaled = had(
          matrix(
            n,
            n,
            covariance.data.map((each) => each * factor),
          ),
        );
        const turned = matrix(n, n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            turned.data[i * n + j] = covariance.data[(n - 1 - i) * n + (n - 1 - j)];
          }
        }
        const reversed = had(turned).weights;
        weights.forEach((each, i) => {
          expect(Math.abs(scaled.weights[i] - each)).toBeLessThan(1e-12);
          expect(Math.abs(reversed[n - 1 - i] - each)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('is the inverse of volatilities where nothing is correlated', () => {
    const { weights } = had(matrix(2, 2, Float64Array.of(0.04, 0, 0, 0.01)));
    expect(weights[0]).toBeCloseTo(1 / 3, 14);
  });

  it('refuses what has no answer', () => {
    const refused = (covariance: Matrix, budgets?: Float64Array): unknown => {
      const found = riskParity(covariance, budgets);
      return found.ok ? found.value : found.fault.code;
    };
    const plain = matrix(2, 2, Float64Array.of(1, 0, 0, 1));
    expect(refused(plain, Float64Array.of(0.5, 0))).toBe('risk-parity.budget');
    expect(refused(plain, Float64Array.of(0.5, Number.NaN))).toBe('risk-parity.budget');
    expect(refused(matrix(2, 2, Float64Array.of(1, 0, 0, 0)))).toBe('risk-parity.no-variance');
    // A perfect hedge: any small position of both has no risk, so that shares cannot be had.
    expect(refused(matrix(2, 2, Float64Array.of(1, -1, -1, 1)))).toBe('risk-parity.no-solution');
  });

  it('fits the budget, and refuses bounds that it would break', () => {
    const weights = Float64Array.of(0.7, 0.3);
    const upper = Float64Array.of(0.6, 1);
    const half = sampleRegion(2);
    const rows = half.rows.map((row) => ({ ...row, lower: 0.5, upper: 0.5 }));
    expect(fitRegion(weights, { ...half, rows }, 'It')).toMatchObject({
      value: Float64Array.of(0.35, 0.15),
    });
    expect(fitRegion(weights, sampleRegion(2, { upper }), 'It')).toMatchObject({
      fault: { detail: expect.stringContaining('N1 70 %, where at most 60 % is asked for') },
    });
  });

  it('names the shares of a given portfolio', () => {
    const shares = riskShares(matrix(2, 2, Float64Array.of(4, 1, 1, 1)), Float64Array.of(0.5, 0.5));
    expect(Array.from(shares)).toEqual([5 / 7, 2 / 7]);
  });
});
