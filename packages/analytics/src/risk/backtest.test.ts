import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  christoffersen,
  conditionalCoverage,
  kupiec,
  timeUntilFirstFailure,
  trafficLight,
} from './backtest.ts';
import { riskMethods } from './risk-methods.ts';
import { backtest, rollingForecasts } from './rolling-backtest.ts';
import { acerbiSzekely } from './shortfall-backtest.ts';

const had = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};

describe('tests of exceptions', () => {
  it.each([
    [12, 500, 0.01, { statistic: 7.110709542123502, p: 0.00766247743466961 }],
    [0, 250, 0.01, { statistic: 5.025167926750721, p: 0.024981503053449754 }],
    [25, 250, 0.05, { statistic: 10.327109456373158, p: 0.0013109034724475563 }],
  ])('Kupiec as by SciPy: %d of %d', (exceptions, n, tail, { statistic, p }) => {
    const found = had(kupiec(exceptions, n, tail));
    expect(found.statistic).toBeCloseTo(statistic, 10);
    expect(found.p).toBeCloseTo(p, 12);
  });

  it('is 0 where the rate is exactly right', () => {
    expect(had(kupiec(5, 100, 0.05)).statistic).toBeCloseTo(0, 12);
    expect(had(timeUntilFirstFailure(20, 0.05)).statistic).toBeCloseTo(0, 12);
  });

  it('finds exceptions that come together', () => {
    const apart = Uint8Array.from({ length: 400 }, (_, t) => (t % 20 === 7 ? 1 : 0));
    const together = Uint8Array.from({ length: 400 }, (_, t) => (t >= 100 && t < 120 ? 1 : 0));
    expect(had(christoffersen(together)).p).toBeLessThan(1e-6);
    expect(had(christoffersen(apart)).p).toBeGreaterThan(0.1);
    expect(had(christoffersen(together)).transitions).toEqual({
      n00: 378,
      n01: 1,
      n10: 1,
      n11: 19,
    });
  });

  it('never has a negative statistic or a p outside 0 to 1, and both together add up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 300 }),
        fc.constantFrom(0.01, 0.05),
        (days, tail) => {
          const hits = Uint8Array.from(days, Number);
          const coverage = had(kupiec(hits.filter(Boolean).length, hits.length, tail));
          const independence = had(christoffersen(hits));
          const both = conditionalCoverage(coverage, independence);
          for (const { statistic, p } of [coverage, independence, both]) {
            expect(statistic).toBeGreaterThanOrEqual(0);
            expect(p).toBeGreaterThanOrEqual(0);
            expect(p).toBeLessThanOrEqual(1);
          }
          expect(both.statistic).toBeCloseTo(coverage.statistic + independence.statistic, 12);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('refuses what cannot be counted', () => {
    expect(kupiec(5, 4, 0.01).ok).toBe(false);
    expect(kupiec(1.5, 4, 0.01).ok).toBe(false);
    expect(trafficLight(1, 0, 0.01).ok).toBe(false);
    expect(christoffersen(new Uint8Array(1)).ok).toBe(false);
  });
});

/** Basel Committee, 1996, table 2: cumulative probability in percent for 250 days at 99 %. */
describe('the traffic light', () => {
  it.each([
    [0, 8.11, 'green', 3],
    [1, 28.58, 'green', 3],
    [4, 89.22, 'green', 3],
    [5, 95.88, 'yellow', 3.4],
    [6, 98.63, 'yellow', 3.5],
    [7, 99.6, 'yellow', 3.65],
    [8, 99.89, 'yellow', 3.75],
    [9, 99.97, 'yellow', 3.85],
    [10, 99.99, 'red', 4],
  ])('%d exceptions', (exceptions, percent, zone, multiplier) => {
    const light = had(trafficLight(exceptions, 250, 0.01));
    expect(light.probability * 100).toBeCloseTo(percent, 1);
    expect(light).toMatchObject({ zone, multiplier });
  });

  it('has no multiplier for another number of days', () => {
    expect(had(trafficLight(3, 251, 0.01)).multiplier).toBeNull();
  });
});

describe('tests of CVaR', () => {
  it('are 0 where every exception is exactly CVaR and as frequent as it should be', () => {
    const returns = Float64Array.from({ length: 100 }, (_, t) => (t % 20 === 0 ? -0.03 : 0.001));
    const forecasts = {
      valueAtRisk: new Float64Array(100).fill(0.02),
      cvar: new Float64Array(100).fill(0.03),
    };
    const { z1, z2, exceptions } = had(acerbiSzekely(returns, forecasts, 0.05));
    expect(exceptions).toBe(5);
    expect(z1).toBeCloseTo(0, 14);
    expect(z2).toBeCloseTo(0, 14);
  });

  it('have no Z₁ without an exception, and refuse a CVaR that is none', () => {
    const calm = new Float64Array(10);
    const forecasts = { valueAtRisk: calm.map(() => 0.1), cvar: calm.map(() => 0.2) };
    expect(had(acerbiSzekely(calm, forecasts, 0.05))).toMatchObject({ z1: null, z2: 1 });
    expect(acerbiSzekely(calm, { ...forecasts, cvar: calm }, 0.05).ok).toBe(false);
  });
});

describe('rolling forecasts', () => {
  const returns = Float64Array.from(
    { length: 120 },
    (_, t) => 0.02 * Math.sin(t * t) + 0.01 * Math.cos(3 * t),
  );

  it('never look ahead: a day’s forecast is the same whatever comes after', () => {
    for (const method of riskMethods.filter(({ id }) => id !== 'garch-filtered')) {
      const whole = rollingForecasts(returns, method, 0.95, { window: 60 });
      const cut = rollingForecasts(returns.slice(0, 100), method, 0.95, { window: 60 });
      expect(whole.ok).toBe(cut.ok);
      if (!whole.ok || !cut.ok) continue;
      expect([...whole.value.valueAtRisk.slice(0, 40)]).toEqual([...cut.value.valueAtRisk]);
    }
  });

  it('are what each window alone gives', () => {
    for (const method of riskMethods.filter(({ rolling }) => rolling !== undefined)) {
      const { valueAtRisk, cvar } = had(rollingForecasts(returns, method, 0.95, { window: 60 }));
      for (const day of [0, 1, 30, 59]) {
        const [alone] = method.estimate(returns.subarray(day, day + 60), [0.95], {});
        if (!alone?.ok) throw new Error('refused');
        expect(valueAtRisk[day]).toBeCloseTo(alone.value.valueAtRisk, 12);
        expect(cvar[day]).toBeCloseTo(alone.value.cvar, 12);
      }
    }
  });

  it('stand between new estimates', () => {
    const [method] = riskMethods;
    if (!method) throw new Error('no methods');
    const { valueAtRisk } = had(rollingForecasts(returns, method, 0.95, { window: 60, every: 10 }));
    expect(new Set(valueAtRisk).size).toBeLessThanOrEqual(6);
    const { days, exceptions, hits } = had(
      backtest(had(rollingForecasts(returns, method, 0.95, { window: 60 })), 0.95),
    );
    expect(days).toBe(60);
    expect(exceptions).toBe(hits.filter(Boolean).length);
  });

  it('are refused without a day to forecast', () => {
    const [method] = riskMethods;
    if (!method) throw new Error('no methods');
    expect(rollingForecasts(returns, method, 0.95, { window: 120 })).toMatchObject({
      ok: false,
      fault: { code: 'risk.too-few' },
    });
  });
});
