import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { seriesG } from '../testing/series-g.ts';
import { simulatedArma } from '../testing/simulated.ts';
import { arimaForecast } from './arima-forecast.ts';
import { armaFilter } from './arma-filter.ts';
import { armaLikelihood } from './arma-likelihood.ts';
import { difference } from './difference.ts';
import { fitArima } from './fit-arima.ts';
import {
  fromPartialAutocorrelations,
  partialAutocorrelations,
} from './partial-autocorrelations.ts';
import { selectArima } from './select-arima.ts';
import { yuleWalker } from './yule-walker.ts';

const partial = fc.array(fc.double({ min: -0.95, max: 0.95, noNaN: true }), {
  minLength: 1,
  maxLength: 4,
});
const seeds = fc.integer({ min: 1, max: 1e6 });
const logG = seriesG.map(Math.log);

describe('partial autocorrelations', () => {
  it('turn into coefficients and back', () => {
    fc.assert(
      fc.property(partial, (r) => {
        const back = partialAutocorrelations(fromPartialAutocorrelations(Float64Array.from(r)));
        r.forEach((each, i) => {
          expect(back?.[i]).toBeCloseTo(each, 8);
        });
      }),
    );
  });

  it('are none where the autoregression is not stationary', () => {
    expect(partialAutocorrelations(Float64Array.of(1))).toBeNull();
    expect(partialAutocorrelations(Float64Array.of(0.5, 0.6))).toBeNull();
    expect(partialAutocorrelations(Float64Array.of(1.2, -0.5))).not.toBeNull();
  });
});

describe('the likelihood', () => {
  it('is that of the joint normal distribution', () => {
    // AR(1): x₁ has variance 1 ÷ (1 − φ²), and each later value φ x before it.
    fc.assert(
      fc.property(seeds, fc.double({ min: -0.95, max: 0.95, noNaN: true }), (seed, phi) => {
        const x = simulatedArma(seed, 30, { ar: [phi] });
        const { squares, logs } = armaFilter(x, {
          ar: Float64Array.of(phi),
          ma: new Float64Array(0),
        });
        let wanted = x[0] * x[0] * (1 - phi * phi);
        for (let t = 1; t < 30; t++) wanted += (x[t] - phi * x[t - 1]) ** 2;
        expect(squares).toBeCloseTo(wanted, 8);
        expect(logs).toBeCloseTo(-Math.log(1 - phi * phi), 8);
      }),
    );
    // MA(1) of two values: covariance [[1 + θ², θ], [θ, 1 + θ²]].
    const theta = 0.7;
    const { squares, logs } = armaFilter(Float64Array.of(1, -2), {
      ar: new Float64Array(0),
      ma: Float64Array.of(theta),
    });
    const v = 1 + theta * theta;
    const determinant = v * v - theta * theta;
    expect(logs).toBeCloseTo(Math.log(determinant), 12);
    expect(squares).toBeCloseTo((v * 1 + v * 4 + 2 * 2 * theta) / determinant, 12);
  });
});

describe('the likelihood without the covariance of the state', () => {
  it('is that of the filter, for high orders too', () => {
    const some = fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(seeds, some, some, (seed, r, s) => {
        const x = simulatedArma(seed, 120, { ar: [0.5] });
        const ones = new Float64Array(120).fill(1);
        const model = {
          ar: fromPartialAutocorrelations(Float64Array.from(r)),
          ma: fromPartialAutocorrelations(Float64Array.from(s)).map((each) => -each),
        };
        const [v, w, u, z] = Array.from({ length: 4 }, () => new Float64Array(120));
        const slow = armaFilter(x, model, v, { x: ones, innovations: w });
        const fast = armaLikelihood(x, model, u, { x: ones, innovations: z });
        expect(Math.abs(fast.squares / slow.squares - 1)).toBeLessThan(1e-7);
        expect(Math.abs(fast.logs - slow.logs)).toBeLessThan(1e-7 * (1 + slow.logs));
        for (let t = 0; t < 120; t++) {
          expect(Math.abs(u[t] - v[t])).toBeLessThan(1e-6 * (1 + Math.abs(v[t])));
          expect(Math.abs(z[t] - w[t])).toBeLessThan(1e-6 * (1 + Math.abs(w[t])));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the likelihood next to a unit root', () => {
  it('is that of the filter', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 2, max: 9, noNaN: true }), (seed, nines) => {
        const x = simulatedArma(seed, 120, { ar: [0.9] });
        const model = {
          ar: fromPartialAutocorrelations(Float64Array.of(1 - 10 ** -nines, 0.3)),
          ma: Float64Array.of(0.4),
        };
        const slow = armaFilter(x, model);
        const fast = armaLikelihood(x, model);
        expect(Math.abs(fast.squares / slow.squares - 1)).toBeLessThan(1e-6);
        expect(Math.abs(fast.logs - slow.logs)).toBeLessThan(1e-6 * (1 + slow.logs));
      }),
      { numRuns: 60 },
    );
  });

  it('finds models of a steady growth, whose changes of changes are nearly unit roots', () => {
    for (const n of [60, 120, 250]) {
      const x = Float64Array.from({ length: n }, (_, t) => 100 * 1.0005 ** t);
      const { tried } = fittedOrThrow(selectArima(x));
      for (const { aicc } of tried) expect(aicc).toSatisfy(Number.isFinite);
    }
  });
});

describe('fitArima', () => {
  it('is stationary and invertible, and moves with shift and scale', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 2 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (seed, ar, ma, k) => {
          const x = simulatedArma(seed, 120, { ar: [0.5], ma: [0.3], mean: 2 });
          const one = fittedOrThrow(fitArima(x, { ar, ma }));
          expect(partialAutocorrelations(one.ar)).not.toBeNull();
          expect(partialAutocorrelations(one.ma.map((each) => -each))).not.toBeNull();
          const moved = x.map((each) => k * each + 5);
          const other = fittedOrThrow(fitArima(moved, { ar, ma }));
          expect(other.logLikelihood).toBeCloseTo(one.logLikelihood - 120 * Math.log(k), 4);
          expect(other.variance / (k * k * one.variance)).toBeCloseTo(1, 4);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('gains likelihood with every parameter', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const x = simulatedArma(seed, 150, { ar: [0.6, -0.2] });
        const of = (ar: number, ma: number) => fittedOrThrow(fitArima(x, { ar, ma })).logLikelihood;
        expect(of(1, 0)).toBeGreaterThanOrEqual(of(0, 0) - 1e-7);
        expect(of(2, 0)).toBeGreaterThanOrEqual(of(1, 0) - 1e-7);
        expect(of(1, 1)).toBeGreaterThanOrEqual(of(1, 0) - 1e-7);
      }),
      { numRuns: 10 },
    );
  });

  it('ends within its bound of work with many lags, more likely than with few, and says so', () => {
    const x = simulatedArma(11, 600, { ar: [0.5], ma: [0.3] });
    const many = fittedOrThrow(fitArima(x, { ar: 6, ma: 6 }, 1e7));
    const few = fittedOrThrow(fitArima(x, { ar: 1, ma: 1 }));
    expect(many.logLikelihood).toBeGreaterThan(few.logLikelihood);
    expect(few.converged).toBe(true);
    expect(many.converged).toBe(false);
  });

  it('agrees with statsmodels 0.13.5 on the log changes of series G', () => {
    const changes = difference(logG, 1).values;
    const fit = fittedOrThrow(fitArima(changes, { ar: 2, ma: 0 }));
    expect(fit.logLikelihood).toBeCloseTo(122.802317356165, 5);
    expect(fit.constant).toBeCloseTo(0.0095948, 5);
    expect(fit.ar[0]).toBeCloseTo(0.23586868, 3);
    expect(fit.ar[1]).toBeCloseTo(-0.17246953, 3);
    expect(fit.variance).toBeCloseTo(0.01050188, 5);
    const { mean, deviation } = arimaForecast(fit, 3);
    [0.06195663, 0.00596014, -0.00029332].forEach((wanted, h) => {
      expect(mean[h]).toBeCloseTo(wanted, 4);
    });
    [0.10247869, 0.10529076, 0.10596934].forEach((wanted, h) => {
      expect(deviation[h]).toBeCloseTo(wanted, 4);
    });
    const moving = fittedOrThrow(fitArima(changes, { ar: 0, ma: 1 }));
    expect(moving.logLikelihood).toBeCloseTo(121.75365719250348, 6);
    expect(moving.ma[0]).toBeCloseTo(0.27215094, 4);
    // statsmodels ends at 124.8039, a lower top of this likelihood.
    expect(fittedOrThrow(fitArima(changes, { ar: 1, ma: 1 })).logLikelihood).toBeGreaterThan(
      124.803,
    );
  });

  it('agrees with statsmodels on levels with a drift, which it integrates back', () => {
    const fit = fittedOrThrow(fitArima(logG, { ar: 2, differences: 1, ma: 0, constant: true }));
    expect(fit.logLikelihood).toBeCloseTo(122.80231371341284, 4);
    const { mean, deviation } = arimaForecast(fit, 3);
    [6.13042894, 6.13639812, 6.13609182].forEach((wanted, h) => {
      expect(mean[h]).toBeCloseTo(wanted, 4);
    });
    [0.10247981, 0.16293528, 0.19925451].forEach((wanted, h) => {
      expect(deviation[h]).toBeCloseTo(wanted, 4);
    });
  });

  it('says why there is none', () => {
    expect(fitArima(Float64Array.of(1, 2, 3), { ar: 1, ma: 1 }).why).toContain('too few');
    expect(fitArima(new Float64Array(50).fill(3), { ar: 1, ma: 0 }).why).toContain('does not vary');
    expect(fitArima(Float64Array.of(1, Number.NaN, 2), { ar: 0, ma: 0 }).why).toContain('gaps');
  });
});

describe('forecasts', () => {
  it('of a random walk stay where it ended, ever less sure by the root of the steps', () => {
    let sum = 0;
    const walk = simulatedArma(5, 100, {}).map((each) => {
      sum += each;
      return sum;
    });
    const fit = fittedOrThrow(fitArima(walk, { ar: 0, differences: 1, ma: 0 }));
    const { mean, deviation } = arimaForecast(fit, 9);
    expect(mean[8]).toBeCloseTo(walk[99], 12);
    expect(deviation[8] / deviation[0]).toBeCloseTo(3, 10);
  });

  it('undo differences: those of d differences are the sums of those of the changes', () => {
    const two = fittedOrThrow(fitArima(logG, { ar: 0, differences: 2, ma: 1 }));
    const one = fittedOrThrow(
      fitArima(difference(logG, 1).values, { ar: 0, differences: 1, ma: 1 }),
    );
    let level = logG[143];
    const changes = arimaForecast(one, 5).mean;
    arimaForecast(two, 5).mean.forEach((each, h) => {
      level += changes[h];
      expect(each).toBeCloseTo(level, 9);
    });
  });
});

describe('selectArima', () => {
  it('takes the lowest AICc of all that it tried', () => {
    const { fit, tried, order } = fittedOrThrow(
      selectArima(simulatedArma(3, 300, { ar: [0.7] }), { mostAr: 2, mostMa: 1 }),
    );
    expect(order.differences).toBe(0);
    expect(fit.aicc).toBe(Math.min(...tried.map(({ aicc }) => aicc)));
    expect(tried).toHaveLength(6);
  });

  it('differences what has a unit root', () => {
    expect(fittedOrThrow(selectArima(logG, { mostAr: 1, mostMa: 0 })).order.differences).toBe(1);
  });
});

describe('yuleWalker', () => {
  it('is always stationary', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 6, maxLength: 40 }),
        (list) => {
          const { partial: r, variance } = yuleWalker(Float64Array.from(list), 5);
          expect(r.every((each) => Math.abs(each) <= 1 + 1e-12)).toBe(true);
          expect(variance).toBeGreaterThanOrEqual(-1e-12);
        },
      ),
    );
  });

  it('agrees with statsmodels’ pacf (method ldb)', () => {
    const { partial: r } = yuleWalker(difference(logG, 1).values, 5);
    [0.19975134, -0.16665455, -0.09587542, -0.31089086, 0.00778491].forEach((wanted, i) => {
      expect(r[i]).toBeCloseTo(wanted, 7);
    });
  });
});
