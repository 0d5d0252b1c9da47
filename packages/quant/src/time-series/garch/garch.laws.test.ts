import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ewmaVariance } from '../ewma-variance.ts';
import { simulatedGarch } from '../testing/simulated.ts';
import { fitGarch, type GarchFit } from './fit-garch.ts';
import { garchFilter } from './garch-filter.ts';
import { garchForecast, newsImpact } from './garch-forecast.ts';
import { garchGradient, garchLikelihood } from './garch-likelihood.ts';
import { backcast, type GarchModel } from './garch-model.ts';

const models: fc.Arbitrary<GarchModel> = fc.record({
  mean: fc.constantFrom('constant', 'zero'),
  asymmetric: fc.boolean(),
  density: fc.constantFrom('normal', 'student-t'),
  start: fc.constantFrom('backcast', 'mean-square', 'unconditional'),
});
const seeds = fc.integer({ min: 1, max: 1e6 });

function fitted(x: Float64Array, model: GarchModel): GarchFit {
  const fit = fitGarch(x, model);
  if (fit.why !== undefined) throw new Error(fit.why);
  return fit;
}

describe('fitGarch', () => {
  it('does not mind the unit: a series times k has ω times k², the same α, γ, β, ν', () => {
    fc.assert(
      fc.property(
        seeds,
        models,
        fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
        (seed, model, k) => {
          const x = simulatedGarch(seed, 400);
          const one = fitted(x, model);
          const other = fitted(
            x.map((each) => k * each),
            model,
          );
          expect(other.parameters.omega / one.parameters.omega / k ** 2).toBeCloseTo(1, 4);
          expect(other.parameters.alpha).toBeCloseTo(one.parameters.alpha, 5);
          expect(other.parameters.beta).toBeCloseTo(one.parameters.beta, 5);
          expect(other.logLikelihood).toBeCloseTo(one.logLikelihood - 400 * Math.log(k), 6);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is at least as likely as the truth and as every neighbour', () => {
    fc.assert(
      fc.property(seeds, models, fc.integer({ min: 0, max: 5 }), (seed, model, which) => {
        const x = simulatedGarch(seed, 400);
        const { parameters, logLikelihood, persistence, variances } = fitted(x, model);
        expect(persistence).toBeLessThan(1);
        expect(variances.every((each) => each > 0)).toBe(true);
        const names = ['mean', 'omega', 'alpha', 'gamma', 'beta', 'dof'] as const;
        const name = names[which] ?? 'omega';
        const now = parameters[name];
        if (now === null || (name === 'mean' && model.mean === 'zero')) return;
        if (name === 'gamma' && !model.asymmetric) return;
        for (const factor of [0.999, 1.001]) {
          const moved = { ...parameters, [name]: now * factor };
          if (moved.alpha + moved.gamma / 2 + moved.beta >= 1) continue;
          const there = garchFilter(x, moved, model.start).logLikelihood;
          expect(there).toBeLessThanOrEqual(logLikelihood + 1e-7);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('finds the parameters that made a long series', () => {
    const truth = { mean: 0.1, omega: 0.05, alpha: 0.1, gamma: 0, beta: 0.85, dof: null };
    const { parameters, standardErrors } = fitted(simulatedGarch(7, 8000, truth), {});
    for (const name of ['mean', 'omega', 'alpha', 'beta'] as const) {
      const error = standardErrors?.[name] ?? Number.NaN;
      expect(Math.abs(parameters[name] - truth[name])).toBeLessThan(4 * error);
    }
  });

  it('says why there is none of a short, constant or gappy series', () => {
    expect(fitGarch(new Float64Array(10)).why).toContain('10 observations are too few');
    expect(fitGarch(new Float64Array(100).fill(0.1)).why).toBe('the series does not vary');
    expect(fitGarch(new Float64Array(100).fill(Number.NaN)).why).toBe('the series has gaps');
    const large = simulatedGarch(1, 100).map((each) => each * 1e200);
    expect(fitGarch(large).why).toContain('too large to square');
  });
});

describe('the likelihood', () => {
  it('is that of the filter, and its gradient its slope', () => {
    const x = simulatedGarch(3, 300);
    const back = backcast(x);
    fc.assert(
      fc.property(models, (some) => {
        const model = {
          mean: 'constant',
          asymmetric: true,
          density: 'normal',
          start: 'backcast',
          ...some,
        } as const;
        const theta = Float64Array.of(0.05, 0.03, 0.05, 0.08, 0.85, 7);
        const [mean, omega, alpha, gamma, beta, nu] = theta;
        const dof = model.density === 'normal' ? null : nu;
        const value = garchLikelihood(x, theta, model, back);
        const filtered = garchFilter(x, { mean, omega, alpha, gamma, beta, dof }, model.start);
        expect(value).toBeCloseTo(filtered.logLikelihood, 9);
        const gradient = new Float64Array(6);
        expect(garchGradient(x, theta, model, back, gradient)).toBeCloseTo(value, 9);
        for (let i = 0; i < (dof === null ? 5 : 6); i++) {
          const h = 1e-5 * theta[i];
          const up = garchLikelihood(x, theta.with(i, theta[i] + h), model, back);
          const down = garchLikelihood(x, theta.with(i, theta[i] - h), model, back);
          expect((up - down) / (2 * h) / gradient[i]).toBeCloseTo(1, 4);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('does not overflow where variances are extreme', () => {
    const x = simulatedGarch(3, 3000).map((each) => each * 1e-40);
    const theta = Float64Array.of(0, 1e-81, 0.05, 0, 0.9, 6);
    for (const density of ['normal', 'student-t'] as const) {
      const model = { mean: 'constant', asymmetric: false, density, start: 'backcast' } as const;
      const dof = density === 'normal' ? null : 6;
      const parameters = { mean: 0, omega: 1e-81, alpha: 0.05, gamma: 0, beta: 0.9, dof };
      const { logLikelihood } = garchFilter(x, parameters, 'backcast');
      expect(garchLikelihood(x, theta, model, backcast(x)) / logLikelihood).toBeCloseTo(1, 10);
    }
  });
});

describe('forecasts', () => {
  it('tend to the unconditional variance, one factor of the persistence a step', () => {
    const fit = fitted(simulatedGarch(11, 1000), {});
    const ahead = garchForecast(fit.parameters, fit.next, 3000);
    expect(ahead[0]).toBe(fit.next);
    expect(ahead[2999] / fit.unconditionalVariance).toBeCloseTo(1, 6);
    const gap = (h: number): number => ahead[h] - fit.unconditionalVariance;
    expect(gap(5) / gap(4)).toBeCloseTo(fit.persistence, 6);
  });

  it('give falls more weight than rises in the asymmetric model', () => {
    const parameters = { mean: 0, omega: 0.1, alpha: 0.05, gamma: 0.1, beta: 0.8, dof: null };
    const [fall, none, rise] = newsImpact(parameters, Float64Array.of(-1, 0, 1), 2);
    expect(fall).toBeCloseTo(0.1 + 0.15 + 1.6, 12);
    expect(none).toBeCloseTo(1.7, 12);
    expect(rise).toBeCloseTo(0.1 + 0.05 + 1.6, 12);
  });
});

describe('ewmaVariance', () => {
  it('is a mean of the squares seen so far, weighted by λ to their age', () => {
    const x = Float64Array.of(1, -2, 3);
    const variances = ewmaVariance(x, { decay: 0.5, start: 'first-square' });
    expect([...variances]).toEqual([1, 1, 2.5, 5.75]);
  });

  it('scales by k² with the series', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }),
        (list) => {
          const x = Float64Array.from(list);
          const doubled = ewmaVariance(x.map((each) => 2 * each));
          expect(doubled).toEqual(ewmaVariance(x).map((each) => 4 * each));
        },
      ),
    );
  });
});
