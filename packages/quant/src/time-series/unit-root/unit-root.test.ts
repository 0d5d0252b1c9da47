import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archTest } from '../garch/arch-test.ts';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { seriesG } from '../testing/series-g.ts';
import { simulatedArma } from '../testing/simulated.ts';
import { type DickeyFullerOptions, dickeyFuller } from './dickey-fuller.ts';
import { kpss } from './kpss.ts';
import { ljungBox } from './ljung-box.ts';
import { tauCriticalValues, tauP, zP } from './mackinnon.ts';
import { phillipsPerron } from './phillips-perron.ts';
import { varianceRatio } from './variance-ratio.ts';

const logG = seriesG.map(Math.log);
const changes = Float64Array.from({ length: 143 }, (_, t) => logG[t + 1] - logG[t]);
const seeds = fc.integer({ min: 1, max: 1e6 });
const walk = (seed: number, n: number): Float64Array => {
  let sum = 0;
  return simulatedArma(seed, n, {}).map((each) => {
    sum += each;
    return sum;
  });
};

describe('dickeyFuller', () => {
  // τ, p and lags of statsmodels 0.13.5's adfuller.
  const known: readonly (readonly [DickeyFullerOptions, number, number, number])[] = [
    [{}, -1.7170170891069647, 0.4223667747703892, 13],
    [{ deterministic: 'trend' }, -2.1470303080241275, 0.5196810243754317, 13],
    [{ deterministic: 'none', choose: 'bic' }, 2.4832780176235003, 0.9979972814466731, 13],
    [{ choose: 'fixed', lags: 4 }, -1.2878326782385945, 0.6347203314643663, 4],
  ];
  it.each(known)(
    'of the logarithms of series G by %o agrees with statsmodels',
    (options, tau, p, lags) => {
      const found = fittedOrThrow(dickeyFuller(logG, options));
      expect(found.statistic).toBeCloseTo(tau, 8);
      expect(found.p).toBeCloseTo(p, 8);
      expect(found.lags).toBe(lags);
    },
  );

  it('does not mind shift and scale where there is a constant', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, k) => {
        const x = walk(seed, 80);
        const one = fittedOrThrow(dickeyFuller(x));
        const other = fittedOrThrow(dickeyFuller(x.map((each) => k * each + 3)));
        expect(other.statistic).toBeCloseTo(one.statistic, 6);
      }),
      { numRuns: 20 },
    );
  });

  it('says why there is none', () => {
    expect(dickeyFuller(new Float64Array(30).fill(2)).why).toBe('the series does not vary');
    expect(dickeyFuller(Float64Array.of(1, 2, 3)).why).toContain('too few');
    expect(dickeyFuller(Float64Array.from({ length: 40 }, (_, t) => 3 * t)).why).toContain(
      'exactly',
    );
  });
});

describe('MacKinnon’s distributions', () => {
  it('put the critical values where their probabilities are', () => {
    for (const deterministic of ['constant', 'trend', 'quadratic'] as const) {
      for (const series of [1, 2, 4]) {
        const critical = tauCriticalValues(deterministic, 1e9, series);
        expect(tauP(critical?.five ?? 0, deterministic, series)).toBeCloseTo(0.05, 2);
        expect(tauP(critical?.one ?? 0, deterministic, series)).toBeCloseTo(0.01, 2);
      }
    }
    // Dickey and Fuller's table: 5 % of n (ρ − 1) with a constant lies at −14.1.
    expect(zP(-14.1, 'constant')).toBeCloseTo(0.05, 2);
    expect(tauCriticalValues('none', 100, 2)).toBeNull();
  });

  it('rise with τ and end at 0 and 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -18, max: 2, noNaN: true }), (tau) => {
        expect(tauP(tau + 0.1, 'constant')).toBeGreaterThanOrEqual(tauP(tau, 'constant') - 2e-3);
      }),
    );
    expect(tauP(-30, 'trend')).toBe(0);
    expect(tauP(3, 'constant')).toBe(1);
  });
});

describe('kpss', () => {
  it('agrees with statsmodels 0.13.5', () => {
    const level = fittedOrThrow(kpss(logG));
    expect(level.statistic).toBeCloseTo(1.668651323512578, 9);
    expect([level.p, level.lags, level.atEdge]).toEqual([0.01, 8, true]);
    const trend = fittedOrThrow(kpss(logG, { deterministic: 'trend', lags: 'schwert' }));
    expect(trend.statistic).toBeCloseTo(0.15831943195180692, 9);
    expect(trend.p).toBeCloseTo(0.03973380670682756, 9);
    expect(trend.lags).toBe(14);
    expect(fittedOrThrow(kpss(changes)).statistic).toBeCloseTo(0.038304469546740584, 9);
  });

  it('refuses what does not vary about its line', () => {
    expect(
      kpss(
        Float64Array.from({ length: 30 }, (_, t) => t),
        { deterministic: 'trend' },
      ).why,
    ).toContain('vary');
  });
});

describe('phillipsPerron', () => {
  it('is the Dickey–Fuller test where residuals do not correlate', () => {
    const x = walk(8, 200);
    const plain = fittedOrThrow(dickeyFuller(x, { choose: 'fixed', lags: 0 }));
    const corrected = fittedOrThrow(phillipsPerron(x, { lags: 0 }));
    expect(corrected.statistic).toBeCloseTo(plain.statistic, 10);
  });

  it('refuses a unit root of what is stationary', () => {
    const { p, rhoP } = fittedOrThrow(phillipsPerron(simulatedArma(2, 400, { ar: [0.5] })));
    expect(p).toBeLessThan(0.001);
    expect(rhoP).toBeLessThan(0.001);
  });
});

describe('varianceRatio', () => {
  it('is near 1 for a walk, above for moves that go on, below for those that turn back', () => {
    expect(fittedOrThrow(varianceRatio(walk(3, 3000), 4)).ratio).toBeCloseTo(1, 1);
    const sums = (ar: number): Float64Array => {
      let sum = 0;
      return simulatedArma(3, 3000, { ar: [ar] }).map((each) => {
        sum += each;
        return sum;
      });
    };
    expect(fittedOrThrow(varianceRatio(sums(0.3), 4)).statistic).toBeGreaterThan(5);
    expect(fittedOrThrow(varianceRatio(sums(-0.3), 4)).statistic).toBeLessThan(-5);
  });

  it('of two steps is about 1 + ρ₁', () => {
    const x = walk(12, 500);
    const e = Float64Array.from({ length: 499 }, (_, t) => x[t + 1] - x[t] - (x[499] - x[0]) / 499);
    const own = e.reduce((sum, each) => sum + each * each, 0);
    const next = e.reduce((sum, each, t) => (t === 0 ? 0 : sum + each * e[t - 1]), 0);
    expect(fittedOrThrow(varianceRatio(x, 2)).ratio).toBeCloseTo(1 + next / own, 1);
  });

  it('says why there is none', () => {
    expect(varianceRatio(Float64Array.of(1, 2, 3), 2).why).toContain('half');
    expect(
      varianceRatio(
        Float64Array.from({ length: 20 }, (_, t) => t),
        2,
      ).why,
    ).toContain('vary');
  });
});

describe('ljungBox and archTest', () => {
  it('agree with statsmodels 0.13.5', () => {
    const box = fittedOrThrow(ljungBox(changes, 12));
    expect(box.statistic).toBeCloseTo(169.890017, 5);
    expect(box.p / 5.02776791e-30).toBeCloseTo(1, 6);
    const mean = changes.reduce((sum, each) => sum + each / 143, 0);
    const arch = fittedOrThrow(
      archTest(
        changes.map((each) => each - mean),
        4,
      ),
    );
    expect(arch.statistic).toBeCloseTo(4.343380822735704, 9);
    expect(arch.p).toBeCloseTo(0.3615244109574213, 9);
  });

  it('say why there is none', () => {
    expect(ljungBox(new Float64Array(20).fill(1), 5).why).toBe('the series does not vary');
    expect(ljungBox(changes, 3, 3).why).toContain('leave nothing');
    expect(archTest(changes.slice(0, 5), 4).why).toContain('too few');
  });
});
