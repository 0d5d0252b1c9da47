import { type Result, seededRandom } from '@plimsoll/kernel';
import { columnOf, type Matrix, matrix, multiply, transpose } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorCovariance } from '../covariance/factor-covariance.ts';
import { factorAttribution } from './factor-attribution.ts';
import { type FactorReturns, factorRegression, whyCollinear } from './factor-regression.ts';
import { factorRisk, mimickingPortfolios } from './factor-risk.ts';
import { famaMacBeth } from './fama-macbeth.ts';
import { absorptionRatio, componentReturns, principalComponents } from './principal-components.ts';
import { styleAnalysis } from './style-analysis.ts';

const runs = { numRuns: 40 };
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const detail = (result: Result<unknown>): string => (result.ok ? '' : result.fault.detail);

const near = (found: number, wanted: number, tolerance = 1e-10): void => {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
};

/** Normal numbers of the size of daily returns. */
function noise(rows: number, columns: number, seed: number, size = 0.01): Matrix {
  const random = seededRandom(seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => size * random.normal()),
  );
}

interface Market {
  readonly factors: FactorReturns;
  /** [n × instruments]. */
  readonly returns: Matrix;
}

function market(seed: number, periods = 60, instruments = 6, k = 3): Market {
  const factors = noise(periods, k, seed);
  const loadings = noise(k, instruments, seed + 1, 1);
  const common = multiply(factors, loadings);
  const own = noise(periods, instruments, seed + 2);
  return {
    factors: { names: ['one', 'two', 'three', 'four'].slice(0, k), returns: factors },
    returns: matrix(
      periods,
      instruments,
      common.data.map((each, at) => each + own.data[at]),
    ),
  };
}

const anySeed = fc.integer({ min: 1, max: 1e9 });

describe('a factor regression', () => {
  it('does not depend on the order of factors', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const { factors, returns } = market(seed);
        const there = granted(factorRegression(columnOf(returns, 0), factors));
        const turned = matrix(60, 3);
        for (let t = 0; t < 60; t++) {
          for (let j = 0; j < 3; j++) {
            turned.data[t * 3 + j] = factors.returns.data[t * 3 + 2 - j];
          }
        }
        const back = granted(
          factorRegression(columnOf(returns, 0), {
            names: factors.names.toReversed(),
            returns: turned,
          }),
        );
        near(back.alpha, there.alpha);
        back.betas.forEach((each, j) => {
          near(each, there.betas[2 - j]);
          near(back.inflation[j], there.inflation[2 - j]);
        });
      }),
      runs,
    );
  });

  it('names the factors that cannot be told apart', () => {
    const { factors, returns } = market(7);
    const twice = matrix(60, 4);
    for (let t = 0; t < 60; t++) {
      const [a, b, c] = factors.returns.data.subarray(t * 3, t * 3 + 3);
      twice.data.set([a, b, c, 2 * a - b], t * 4);
    }
    const doubled = { names: ['market', 'size', 'value', 'spread'], returns: twice };
    const refused = detail(factorRegression(columnOf(returns, 0), doubled));
    expect(refused).toMatch(/linear combination of .*leave one of them out/);
    expect(refused).toMatch(/spread/);
    expect(refused).toMatch(/market/);
    expect(refused).not.toMatch(/value/);
    const flat = { names: ['cash'], returns: matrix(60, 1, new Float64Array(60).fill(0.001)) };
    expect(whyCollinear(flat)).toContain('cash does not vary');
    expect(whyCollinear(factors)).toBeUndefined();
  });

  it('refuses fewer periods than it needs', () => {
    const { factors, returns } = market(3, 4);
    expect(detail(factorRegression(columnOf(returns, 0), factors))).toContain('4 periods cannot');
  });
});

describe('factor attribution', () => {
  it('adds up: the mean, the variance and the whole return', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const { factors, returns } = market(seed);
        const excess = columnOf(returns, 1);
        const riskFree = noise(60, 1, seed + 9, 1e-4).data;
        const { alpha, betas, fit } = granted(factorRegression(excess, factors));
        const parts = granted(
          factorAttribution({
            alpha,
            betas,
            factors: factors.returns,
            residuals: fit.residuals,
            riskFree,
          }),
        );
        near(parts.meanExcess, sum(excess) / 60, 1e-12);
        const mean = sum(excess) / 60;
        const variance = excess.reduce((all, each) => all + (each - mean) ** 2 / 59, 0);
        near(parts.variance / variance, 1);
        near(sum(parts.varianceShares), parts.factorVariance, 1e-12);
        const linked =
          sum(parts.linkedFactors) +
          parts.linkedAlpha +
          parts.linkedResidual +
          parts.linkedRiskFree;
        near(linked, parts.totalReturn, 1e-12);
        near(
          parts.totalReturn,
          excess.reduce((growth, each, t) => growth * (1 + each + riskFree[t]), 1) - 1,
          1e-12,
        );
      }),
      runs,
    );
  });
});

describe('factor risk', () => {
  it('adds up to the volatility of the model, by factors and by holdings', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const { factors, returns } = market(seed);
        const model = factorCovariance(returns, factors.returns);
        expect(model).not.toBeNull();
        if (!model) return;
        const weights = noise(6, 1, seed + 3, 1).data;
        const risk = granted(factorRisk(weights, model));
        const w = matrix(6, 1, weights);
        const variance = multiply(transpose(w), multiply(model.covariance, w)).data[0];
        near(risk.volatility / Math.sqrt(variance), 1, 1e-12);
        near((sum(risk.factorParts) + sum(risk.specificParts)) / risk.volatility, 1, 1e-12);
        near((sum(risk.holdingFactorParts) - sum(risk.factorParts)) / risk.volatility, 0, 1e-12);
        const twice = granted(
          factorRisk(
            weights.map((each) => 2 * each),
            model,
          ),
        );
        near(twice.volatility / risk.volatility, 2, 1e-12);
      }),
      runs,
    );
  });

  it('is mimicked by portfolios of exposure one to their own factor only', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const { factors, returns } = market(seed);
        const model = factorCovariance(returns, factors.returns);
        const portfolios = model && mimickingPortfolios(model);
        if (!model || !portfolios) throw new Error('no model');
        multiply(transpose(model.loadings), portfolios).data.forEach((each, at) => {
          near(each, at % 4 === 0 ? 1 : 0, 1e-9);
        });
      }),
      runs,
    );
  });

  it('refuses weights without risk', () => {
    const { factors, returns } = market(5);
    const model = factorCovariance(returns, factors.returns);
    if (!model) throw new Error('no model');
    expect(detail(factorRisk(new Float64Array(6), model))).toContain('no risk under this model');
  });
});

describe('Fama and MacBeth', () => {
  it('find the premiums that returns were made of', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const factors = noise(120, 2, seed);
        const betas = noise(8, 2, seed + 1, 1);
        // Each factor pays its own realisation, so that the premium is its mean exactly.
        const returns = multiply(factors, transpose(betas));
        const named = { names: ['one', 'two'], returns: factors };
        const found = granted(famaMacBeth(returns, named));
        near(found.premiums[0], 0);
        near(found.premiums[1], sum(columnOf(factors, 0)) / 120);
        near(found.premiums[2], sum(columnOf(factors, 1)) / 120);
        found.betas.data.forEach((each, at) => {
          near(each, betas.data[at], 1e-8);
        });
        // With betas known, all variance of slopes is that of factors, which Shanken leaves alone.
        near(found.shankenErrors[1] / found.standardErrors[1], 1, 1e-6);
        expect(found.shankenFactor).toBeGreaterThanOrEqual(1);
        near(found.meanR2, 1);
      }),
      runs,
    );
  });

  it('refuse too few instruments, and betas that are all alike', () => {
    const { factors, returns } = market(11, 60, 4);
    expect(detail(famaMacBeth(returns, factors))).toContain('4 instruments over 60 periods');
    const one = noise(60, 1, 4);
    const alike = multiply(one, matrix(1, 5, new Float64Array(5).fill(2)));
    expect(detail(famaMacBeth(alike, { names: ['market'], returns: one }))).toContain('collinear');
  });
});

describe('principal components', () => {
  it('are uncorrelated, with the eigenvalues as variances, and keep the total variance', () => {
    fc.assert(
      fc.property(
        anySeed,
        fc.constantFrom('covariance' as const, 'correlation' as const),
        (seed, of) => {
          const { returns } = market(seed);
          const found = principalComponents(returns, of);
          if (!found) throw new Error('nothing varies');
          const parts = componentReturns(returns, found, of, 6);
          const spread = multiply(transpose(parts), parts).data.map((each) => each / 59);
          const largest = found.eigenvalues[0];
          spread.forEach((each, at) => {
            const wanted = at % 7 === 0 ? found.eigenvalues[at / 7] : 0;
            near(each / largest, wanted / largest);
          });
          if (of === 'correlation') near(sum(found.eigenvalues), 6);
          near(sum(found.explained), 1);
          near(absorptionRatio(found, 6), 1);
          expect(found.effectiveRank).toBeGreaterThanOrEqual(1 - 1e-12);
          expect(found.effectiveRank).toBeLessThanOrEqual(6 + 1e-12);
        },
      ),
      runs,
    );
  });

  it('do not exist where nothing varies', () => {
    expect(principalComponents(matrix(5, 2), 'covariance')).toBeNull();
    const one = matrix(3, 2, Float64Array.of(1, 0, 1, 1, 1, 5));
    expect(principalComponents(one, 'correlation')).toBeNull();
    near(principalComponents(one, 'covariance')?.explained[0] ?? 0, 1);
  });
});

describe('style analysis', () => {
  it('finds the mix that a portfolio is, and sums to one between nothing and all', () => {
    fc.assert(
      fc.property(
        anySeed,
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }),
        (seed, parts) => {
          fc.pre(sum(parts) > 0);
          const weights = parts.map((each) => each / sum(parts));
          const indices = noise(80, 4, seed);
          const names = ['stocks', 'bonds', 'gold', 'cash'];
          const mixed = multiply(indices, matrix(4, 1, Float64Array.from(weights))).data;
          const style = granted(styleAnalysis(mixed, { names, returns: indices }));
          style.weights.forEach((each, j) => {
            near(each, weights[j] ?? 0, 1e-8);
          });
          near(style.r2, 1, 1e-8);
          const noisy = mixed.map((each, t) => each + 3 * indices.data[(t * 7) % 320]);
          const other = granted(styleAnalysis(noisy, { names, returns: indices })).weights;
          near(sum(other), 1, 1e-12);
          expect(Math.min(...other)).toBeGreaterThanOrEqual(0);
        },
      ),
      runs,
    );
  });

  it('refuses a portfolio that does not vary', () => {
    const returns = noise(30, 2, 1);
    const style = styleAnalysis(new Float64Array(30), { names: ['a', 'b'], returns });
    expect(detail(style)).toContain('0 in every period');
  });
});
