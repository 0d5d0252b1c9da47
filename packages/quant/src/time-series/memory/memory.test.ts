import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLocalLevel, localLevelFilter, localLevelOf } from '../local-level.ts';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { seriesG } from '../testing/series-g.ts';
import { simulatedArma } from '../testing/simulated.ts';
import { meanReversion } from './half-life.ts';
import { detrendedFluctuation, rescaledRange } from './hurst.ts';

const noise = simulatedArma(31, 4096, {});

describe('Hurst exponents', () => {
  it('are a half of independent values', () => {
    expect(Math.abs(fittedOrThrow(rescaledRange(noise)).exponent - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(fittedOrThrow(detrendedFluctuation(noise)).exponent - 0.5)).toBeLessThan(0.06);
  });

  it('are above for what goes on and below for what turns back', () => {
    const on = simulatedArma(31, 2048, { ar: [0.7] });
    const back = simulatedArma(31, 2048, { ma: [-0.8] });
    for (const exponent of [rescaledRange, detrendedFluctuation]) {
      expect(fittedOrThrow(exponent(on)).exponent).toBeGreaterThan(0.55);
      expect(fittedOrThrow(exponent(back)).exponent).toBeLessThan(0.4);
    }
  });

  it('do not mind shift and scale', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (k) => {
        const x = noise.slice(0, 200);
        const moved = x.map((each) => k * each + 2);
        for (const exponent of [rescaledRange, detrendedFluctuation]) {
          expect(fittedOrThrow(exponent(moved)).exponent).toBeCloseTo(
            fittedOrThrow(exponent(x)).exponent,
            6,
          );
        }
      }),
      { numRuns: 10 },
    );
  });

  it('say why there are none', () => {
    expect(rescaledRange(new Float64Array(10)).why).toContain('too few');
    expect(detrendedFluctuation(new Float64Array(100).fill(1)).why).toBe(
      'the series does not vary',
    );
  });
});

describe('meanReversion', () => {
  it('finds the half-life of an autoregression', () => {
    const { halfLife, mean } = fittedOrThrow(
      meanReversion(simulatedArma(2, 20_000, { ar: [0.9], mean: 4 })),
    );
    expect(halfLife).toBeCloseTo(Math.log(0.5) / Math.log(0.9), 0);
    expect(mean).toBeCloseTo(4, 0);
  });

  it('says why there is none', () => {
    expect(meanReversion(Float64Array.of(1, 2, 4, 8, 16, 32)).why).toContain('does not come back');
    expect(meanReversion(Float64Array.of(1, -2, 3, -4, 5, -6)).why).toContain('overshoots');
    expect(meanReversion(new Float64Array(9).fill(1)).why).toContain('does not vary');
  });
});

describe('the local level', () => {
  it('is a random walk’s own value where there is no noise, and the mean where it stands still', () => {
    const x = noise.slice(0, 50);
    const walk = localLevelOf(x, 1, 0);
    walk.level.forEach((each, t) => {
      expect(each).toBeCloseTo(x[t], 12);
    });
    const still = localLevelOf(x, 0, 1);
    const mean = x.reduce((sum, each) => sum + each / 50, 0);
    expect(still.level[49]).toBeCloseTo(mean, 12);
    still.smoothed.forEach((each) => {
      expect(each).toBeCloseTo(mean, 12);
    });
  });

  it('is fitted at least as likely as at any other variances', () => {
    const x = simulatedArma(17, 200, { ar: [0.95] });
    const fit = fittedOrThrow(fitLocalLevel(x));
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        (q, r) => {
          expect(localLevelOf(x, q, r).logLikelihood).toBeLessThanOrEqual(fit.logLikelihood + 1e-8);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('agrees with statsmodels 0.13.5’s local level of the logarithms of series G', () => {
    const fit = fittedOrThrow(fitLocalLevel(seriesG.map(Math.log)));
    expect(fit.noiseVariance).toBeLessThan(1e-9);
    expect(fit.levelVariance).toBeCloseTo(0.0113628544, 5);
    // statsmodels leaves ½ ln 2π of the first value in.
    expect(fit.logLikelihood).toBeCloseTo(117.21954309839842, 3);
  });

  it('bridges what was not seen', () => {
    const path = localLevelFilter(Float64Array.of(1, Number.NaN, 3), {
      levelVariance: 1,
      noiseVariance: 0,
      start: { mean: 0, variance: 1 },
    });
    expect(path.level[1]).toBe(1);
    expect(path.smoothed[1]).toBeCloseTo(2, 12);
    expect(path.variance[1]).toBe(1);
  });
});
