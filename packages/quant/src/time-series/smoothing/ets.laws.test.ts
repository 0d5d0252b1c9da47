import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numericGradient } from '../../minimise/numeric-derivatives.ts';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { seriesG } from '../testing/series-g.ts';
import { normals, simulatedArma } from '../testing/simulated.ts';
import { EtsCoordinates } from './ets-coordinates.ts';
import { type EtsModel, type EtsParameters, etsFilter } from './ets-filter.ts';
import { etsForecast } from './ets-forecast.ts';
import { etsGradient } from './ets-gradient.ts';
import { fitEts } from './fit-ets.ts';

const none = new Float64Array(0);
const simple: EtsParameters = {
  alpha: 0.3,
  beta: 0,
  gamma: 0,
  phi: 1,
  level: 0,
  slope: 0,
  seasons: none,
};
const share = fc.double({ min: 0, max: 1, noNaN: true });
const z95 = { z: 1.959963984540054, p: 0.975 };

describe('etsFilter', () => {
  it('leaves a constant series constant, whatever the smoothing', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: -50, max: 50, noNaN: true }), (alpha, beta, c) => {
        const y = new Float64Array(20).fill(c);
        const parameters = { ...simple, alpha, beta: alpha * beta, level: c };
        const { squares, end } = etsFilter(y, { trend: 'additive' }, parameters);
        expect(squares).toBe(0);
        expect(end.level - c).toBe(0);
        expect(Math.abs(end.slope)).toBe(0);
      }),
    );
  });

  it('follows a line exactly once it is on it', () => {
    const y = Float64Array.from({ length: 30 }, (_, t) => 5 + 2 * (t + 1));
    const { squares, end } = etsFilter(
      y,
      { trend: 'additive' },
      { ...simple, beta: 0.1, level: 5, slope: 2 },
    );
    expect(squares).toBeCloseTo(0, 20);
    expect(end.level).toBeCloseTo(65, 10);
  });

  it('is the exponentially weighted mean where there is no trend', () => {
    const y = Float64Array.of(3, 1, 4, 1, 5);
    let level = 2;
    for (const each of y) level = 0.3 * each + 0.7 * level;
    expect(etsFilter(y, {}, { ...simple, level: 2 }).end.level).toBeCloseTo(level, 14);
  });

  it('adds what it would multiply by, in logarithms', () => {
    // Where level, slope and smoothing are still, multiplying seasons are the base’s shares.
    const seasons = Float64Array.of(0.5, 1.5);
    const y = Float64Array.of(5, 15, 5, 15);
    const still = { ...simple, alpha: 0, level: 10, seasons };
    expect(etsFilter(y, { season: 'multiplicative', period: 2 }, still).squares).toBe(0);
  });
});

describe('etsGradient', () => {
  it('is what differences say, for every model', () => {
    const y = seriesG.slice(0, 50);
    const inner = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const models = fc.record({
      error: fc.constantFrom('additive' as const, 'multiplicative' as const),
      trend: fc.constantFrom('none' as const, 'additive' as const, 'damped' as const),
      season: fc.constantFrom('none' as const, 'additive' as const, 'multiplicative' as const),
    });
    fc.assert(
      fc.property(models, inner, inner, inner, (drawn, alpha, beta, gamma) => {
        const model = { ...drawn, period: drawn.season === 'none' ? 1 : 4 };
        const rest = drawn.season === 'multiplicative' ? [0.9, 1.1, 1.05, 0.95] : [3, -2, 4, -5];
        const origin = {
          ...simple,
          level: 115,
          slope: 1,
          seasons: Float64Array.from(drawn.season === 'none' ? [] : rest),
        };
        const coordinates = new EtsCoordinates(model, origin, 5);
        const f = (u: Float64Array): number =>
          -etsFilter(y, model, coordinates.parameters(u)).logLikelihood / y.length;
        const u = coordinates.start(alpha, beta, gamma).map((each, i) => each + 0.1 * Math.sin(i));
        const out = new Float64Array(u.length);
        coordinates.slopes(u, etsGradient(y, model, coordinates.parameters(u)), out);
        numericGradient(f, u).forEach((each, i) => {
          expect(Math.abs(each - out[i])).toBeLessThan(1e-6 * (1 + Math.abs(each)));
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('fitEts', () => {
  const likelihoods: readonly (readonly [EtsModel, number])[] = [
    [{}, -710.3939571],
    [{ trend: 'damped' }, -710.2543201],
    [{ trend: 'additive', season: 'additive', period: 12 }, -564.9838386],
    [
      { error: 'multiplicative', trend: 'additive', season: 'multiplicative', period: 12 },
      -522.4899437,
    ],
    [{ error: 'multiplicative', trend: 'damped', season: 'additive', period: 12 }, -550.6087967],
  ];

  it.each(likelihoods)(
    'of series G by %o is as likely as statsmodels 0.13.5 makes it, or more',
    (model, wanted) => {
      const { logLikelihood } = fittedOrThrow(fitEts(seriesG, model));
      expect(logLikelihood).toBeGreaterThan(wanted - 1e-3);
      expect(logLikelihood).toBeLessThan(wanted + 0.1);
    },
  );

  it('keeps its parameters within their bounds and is no less likely than others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), share, share, (seed, alpha, beta) => {
        const y = simulatedArma(seed, 60, { ar: [0.8], mean: 20 });
        const fit = fittedOrThrow(fitEts(y, { trend: 'additive' }));
        const { parameters } = fit;
        expect(parameters.alpha).toBeGreaterThan(0);
        expect(parameters.alpha).toBeLessThan(1);
        expect(parameters.beta).toBeLessThanOrEqual(parameters.alpha);
        const other = {
          ...parameters,
          alpha: 0.001 + 0.998 * alpha,
          beta: (0.001 + 0.998 * alpha) * beta,
        };
        const there = etsFilter(y, { trend: 'additive' }, other).logLikelihood;
        expect(there).toBeLessThanOrEqual(fit.logLikelihood + 0.02);
      }),
      { numRuns: 15 },
    );
  });

  it('comes to rest with as many seasons as days of a trading year', () => {
    const drawn = simulatedArma(3, 1100, { ar: [0.6] });
    const y = drawn.map((each, t) => each + 0.01 * t + 4 * Math.sin((2 * Math.PI * t) / 252));
    const model: EtsModel = { trend: 'additive', season: 'additive', period: 252 };
    const fit = fittedOrThrow(fitEts(y, model));
    expect(fit.converged).toBe(true);
    const { logLikelihood, parameters } = fit;
    for (const factor of [0.9, 1.1]) {
      const level = parameters.level + factor;
      const alpha = Math.min(0.99, parameters.alpha * factor);
      expect(etsFilter(y, model, { ...parameters, level }).logLikelihood).toBeLessThan(
        logLikelihood,
      );
      expect(etsFilter(y, model, { ...parameters, alpha }).logLikelihood).toBeLessThan(
        logLikelihood,
      );
    }
  });

  it('says why there is none', () => {
    expect(fitEts(Float64Array.of(1, 2)).why).toContain('too few');
    expect(fitEts(new Float64Array(30).fill(2)).why).toBe('the series does not vary');
    expect(
      fitEts(
        seriesG.map((each) => each - 200),
        { error: 'multiplicative' },
      ).why,
    ).toContain('above 0');
    expect(fitEts(seriesG.slice(0, 20), { season: 'additive', period: 12 }).why).toContain(
      '29 are needed',
    );
  });
});

describe('etsForecast', () => {
  it('of simple smoothing is flat, its variance 1 + (h − 1) α² as large', () => {
    const fit = fittedOrThrow(fitEts(simulatedArma(4, 80, { ar: [0.5] })));
    const { mean, upper } = etsForecast(fit, 6, { ...z95, normal: () => 0 });
    const { alpha } = fit.parameters;
    expect(mean[5]).toBe(mean[0]);
    expect(((upper[5] - mean[5]) / (upper[0] - mean[0])) ** 2).toBeCloseTo(1 + 5 * alpha ** 2, 10);
  });

  it('draws the bounds that it could have computed', () => {
    const fit = fittedOrThrow(fitEts(seriesG.slice(0, 60), { trend: 'additive' }));
    const exact = etsForecast(fit, 4, { ...z95, normal: normals(1) });
    const relative = {
      ...fit,
      model: { ...fit.model, error: 'multiplicative' as const },
      variance: fit.variance / exact.mean[0] ** 2,
    };
    const drawn = etsForecast(relative, 1, { ...z95, normal: normals(1), paths: 20_000 });
    expect(drawn.upper[0] - exact.mean[0]).toBeCloseTo(exact.upper[0] - exact.mean[0], 0);
    expect(drawn.lower[0]).toBeLessThan(drawn.mean[0]);
  });

  it('repeats its seasons', () => {
    const fit = fittedOrThrow(fitEts(seriesG, { season: 'additive', period: 12 }));
    const { mean } = etsForecast(fit, 24, { ...z95, normal: () => 0 });
    for (let h = 0; h < 12; h++) expect(mean[h + 12]).toBeCloseTo(mean[h], 9);
  });
});
