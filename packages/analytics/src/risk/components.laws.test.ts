import { matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../covariance/sample.ts';
import { normalParts, type RiskParts, volatilityParts } from './components.ts';
import { diversificationRatio, effectiveBets, herfindahl } from './diversification.ts';
import { historicalTail } from './historical.ts';
import { historicalParts } from './historical-components.ts';
import { normalTailOf } from './parametric.ts';

const real = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const book = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    returns: fc
      .array(real, { minLength: 60 * width, maxLength: 60 * width })
      .map((values) => matrix(60, width, Float64Array.from(values))),
    weights: fc
      .array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: width, maxLength: width })
      .map((values) => Float64Array.from(values)),
  }),
);
const runs = { numRuns: 60 };
const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0);

const spread = (values: Float64Array): boolean => sum(values.map((each) => each * each)) > 1e-6;

describe('parts of risk', () => {
  it('sum to the whole, for volatility, VaR and CVaR, normal and historical', () => {
    fc.assert(
      fc.property(book, ({ returns, weights }) => {
        fc.pre(spread(timesVector(returns, weights)));
        const covariance = sampleCovariance(returns);
        const volatility = volatilityParts(weights, covariance);
        const normal = normalParts(weights, { mean: columnMeans(returns), covariance }, 0.95);
        const historical = historicalParts(weights, returns, 0.95);
        const parts: RiskParts[] = [];
        if (volatility.ok) parts.push(volatility.value);
        if (normal.ok) parts.push(normal.value.valueAtRisk, normal.value.cvar);
        if (historical.ok) parts.push(historical.value.valueAtRisk, historical.value.cvar);
        expect(parts.length).toBeGreaterThanOrEqual(3);
        for (const { total, component } of parts) expect(sum(component)).toBeCloseTo(total, 12);
      }),
      runs,
    );
  });

  it('have the totals of the portfolio’s own returns', () => {
    fc.assert(
      fc.property(book, ({ returns, weights }) => {
        const portfolio = timesVector(returns, weights);
        fc.pre(spread(portfolio));
        const covariance = sampleCovariance(returns);
        const parts = normalParts(weights, { mean: columnMeans(returns), covariance }, 0.99);
        const own = normalTailOf(portfolio, 0.99);
        const tail = historicalTail(portfolio, 0.99);
        const historical = historicalParts(weights, returns, 0.99);
        if (!parts.ok || !own.ok || !tail.ok) throw new Error('refused');
        expect(parts.value.valueAtRisk.total).toBeCloseTo(own.value.valueAtRisk, 11);
        expect(parts.value.cvar.total).toBeCloseTo(own.value.cvar, 11);
        if (historical.ok) expect(historical.value.cvar.total).toBeCloseTo(tail.value.cvar, 14);
      }),
      runs,
    );
  });

  it('are marginal by finite differences and incremental by leaving out', () => {
    fc.assert(
      fc.property(book, ({ returns, weights }) => {
        fc.pre(spread(timesVector(returns, weights)));
        const moments = { mean: columnMeans(returns), covariance: sampleCovariance(returns) };
        const total = (each: Float64Array): number => {
          const parts = normalParts(each, moments, 0.95);
          return parts.ok ? parts.value.valueAtRisk.total : 0;
        };
        const parts = normalParts(weights, moments, 0.95);
        if (!parts.ok) throw new Error(parts.fault.detail);
        const { marginal, incremental } = parts.value.valueAtRisk;
        weights.forEach((_, i) => {
          const step = 1e-5;
          const up = weights.with(i, weights[i] + step);
          const down = weights.with(i, weights[i] - step);
          expect((total(up) - total(down)) / (2 * step)).toBeCloseTo(marginal[i], 6);
          const without = weights.with(i, 0);
          if (weights.length > 1) {
            expect(total(weights) - total(without)).toBeCloseTo(incremental[i], 7);
          }
        });
      }),
      { numRuns: 30 },
    );
  });

  it('follow the instruments when these change places', () => {
    fc.assert(
      fc.property(book, ({ returns: { rows, columns, data }, weights }) => {
        const turned = matrix(
          rows,
          columns,
          data.map((_, at) => data[at - (at % columns) + (columns - 1 - (at % columns))]),
        );
        fc.pre(spread(timesVector(turned, weights.toReversed())));
        const a = historicalParts(weights, matrix(rows, columns, data), 0.95);
        const b = historicalParts(weights.toReversed(), turned, 0.95);
        expect(a.ok).toBe(b.ok);
        if (!a.ok || !b.ok) return;
        a.value.cvar.component.forEach((each, i) => {
          expect(b.value.cvar.component[columns - 1 - i]).toBeCloseTo(each, 12);
        });
      }),
      runs,
    );
  });

  it('are refused where there is no risk', () => {
    const still = matrix(30, 2, new Float64Array(60).fill(0.01));
    const parts = volatilityParts(Float64Array.of(0.5, 0.5), sampleCovariance(still));
    expect(parts).toMatchObject({ ok: false, fault: { code: 'risk.riskless' } });
  });
});

describe('diversification', () => {
  it('is √n and n bets for n independent instruments of equal risk', () => {
    for (const n of [1, 2, 5, 9]) {
      const identity = matrix(n, n);
      for (let i = 0; i < n; i++) identity.data[i * (n + 1)] = 0.04;
      const weights = new Float64Array(n).fill(1 / n);
      expect(diversificationRatio(weights, identity).value).toBeCloseTo(Math.sqrt(n), 12);
      expect(effectiveBets(weights, identity).value).toBeCloseTo(n, 10);
      expect(herfindahl(weights).value).toBeCloseTo(1 / n, 14);
    }
  });

  it('is never below 1, nor are there fewer bets than 1 or more than instruments', () => {
    fc.assert(
      fc.property(book, ({ returns, weights }) => {
        fc.pre(spread(timesVector(returns, weights)));
        const covariance = sampleCovariance(returns);
        expect(diversificationRatio(weights, covariance).value).toBeGreaterThanOrEqual(1 - 1e-9);
        const bets = effectiveBets(weights, covariance).value ?? Number.NaN;
        expect(bets).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(bets).toBeLessThanOrEqual(weights.length + 1e-9);
      }),
      runs,
    );
  });

  it('is unknown, with a reason, without weights', () => {
    const none = new Float64Array(3);
    expect(herfindahl(none)).toEqual({ value: null, why: 'all weights are zero' });
    expect(effectiveBets(none, matrix(3, 3)).value).toBeNull();
  });
});
