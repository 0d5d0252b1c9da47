import { seededRandom } from '@plimsoll/kernel';
import { isSymmetric, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledoitWolfConstantCorrelation } from './constant-correlation.ts';
import { toCorrelation } from './correlation.ts';
import { denoisedCovariance } from './denoise.ts';
import { exponentialConventions, exponentialCovariance } from './exponential.ts';
import { factorCovariance, principalCovariance } from './factor-covariance.ts';
import { gerberCovariance } from './gerber.ts';
import { covarianceHealth } from './health.ts';
import { ledoitWolfIdentity, oracleApproximating } from './identity-shrinkage.ts';
import { pairwiseCovariance } from './pairwise.ts';
import { sampleCovariance } from './sample.ts';
import { semiCovariance } from './semi-covariance.ts';
import { ledoitWolfSingleFactor } from './single-factor.ts';

type Estimator = (returns: Matrix) => Matrix;

/** All that are positive semi-definite whatever the returns, so long as no column is constant. */
const estimators: readonly (readonly [string, Estimator])[] = [
  ['sample', (r) => sampleCovariance(r)],
  [
    'riskmetrics',
    (r) => exponentialCovariance(r, { decay: 0.94, ...exponentialConventions.riskmetrics }),
  ],
  ['pandas', (r) => exponentialCovariance(r, { decay: 0.9, ...exponentialConventions.pandas })],
  [
    'pyportfolioopt',
    (r) => exponentialCovariance(r, { decay: 0.9, ...exponentialConventions.pyportfolioopt }),
  ],
  ['Gerber GS2', (r) => gerberCovariance(r, 0.5, 'GS2').covariance],
  ['Ledoit–Wolf identity', (r) => ledoitWolfIdentity(r).covariance],
  ['Ledoit–Wolf single factor', (r) => ledoitWolfSingleFactor(r).covariance],
  ['Ledoit–Wolf constant correlation', (r) => ledoitWolfConstantCorrelation(r).covariance],
  ['OAS', (r) => oracleApproximating(r).covariance],
  ['denoised', (r) => denoisedCovariance(r).covariance],
  ['semi', (r) => semiCovariance(r)],
  ['principal components', (r) => principalCovariance(r, 1).covariance],
];

/** Returns of a market and something of their own. `periods` may be fewer than `columns`. */
function returnsOf({ seed, periods, columns }: Shape): Matrix {
  const random = seededRandom(seed);
  const made = matrix(periods, columns);
  for (let t = 0; t < periods; t++) {
    const market = random.normal() / 100;
    for (let i = 0; i < columns; i++) {
      made.data[t * columns + i] = (0.5 + i / columns) * market + random.normal() / 80;
    }
  }
  return made;
}
interface Shape {
  readonly seed: number;
  readonly periods: number;
  readonly columns: number;
}
const shapes = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  periods: fc.integer({ min: 4, max: 30 }),
  columns: fc.integer({ min: 2, max: 9 }),
});
const law = (check: (returns: Matrix, shape: Shape) => void) =>
  fc.assert(
    fc.property(shapes, (shape) => {
      check(returnsOf(shape), shape);
    }),
    { numRuns: 25 },
  );
const far = (a: Matrix, b: Matrix): number =>
  a.data.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b.data[i])), 0) /
  Math.max(...a.data.map(Math.abs));
const mapped = (a: Matrix, map: (x: number, i: number) => number): Matrix =>
  matrix(a.rows, a.columns, a.data.map(map));

describe.each(estimators)('%s', (name, estimate) => {
  it('is symmetric and positive semi-definite, also with fewer periods than columns', () => {
    law((returns) => {
      const covariance = estimate(returns);
      expect(isSymmetric(covariance, 1e-14)).toBe(true);
      const { eigenvalues } = covarianceHealth(covariance);
      expect(eigenvalues[0]).toBeGreaterThan(
        -1e-14 * eigenvalues[eigenvalues.length - 1] * returns.columns,
      );
    });
  });

  it('grows with the square of the scale', () => {
    law((returns) => {
      const threefold = estimate(mapped(returns, (x) => 3 * x));
      expect(
        far(
          threefold,
          mapped(estimate(returns), (x) => 9 * x),
        ),
      ).toBeLessThan(1e-9);
    });
  });

  it('moves its rows and columns with those of the returns', () => {
    law((returns) => {
      const n = returns.columns;
      const turned = mapped(returns, (_, at) => {
        const t = Math.floor(at / n);
        return returns.data[t * n + (n - 1 - (at % n))];
      });
      const there = estimate(turned);
      const back = mapped(there, (_, at) => there.data[n * n - 1 - at]);
      expect(far(back, estimate(returns))).toBeLessThan(1e-9);
    });
  });

  if (!['riskmetrics', 'semi'].includes(name)) {
    it('does not see a constant added to the returns', () => {
      // Gerber compares with ± thresholds around 0, and so does see it.
      if (name.startsWith('Gerber')) return;
      law((returns) => {
        const shifted = estimate(mapped(returns, (x, i) => x + (i % returns.columns) / 64));
        expect(far(shifted, estimate(returns))).toBeLessThan(1e-9);
      });
    });
  }
});

describe('shrinkage', () => {
  it('is between none and all, and makes what was singular definite', () => {
    law((returns) => {
      for (const shrink of [ledoitWolfIdentity, oracleApproximating]) {
        const { shrinkage, covariance } = shrink(returns);
        expect(shrinkage).toBeGreaterThanOrEqual(0);
        expect(shrinkage).toBeLessThanOrEqual(1);
        if (shrinkage > 1e-6) {
          expect(covarianceHealth(covariance).conditionNumber).toBeLessThan(1e9);
        }
      }
    });
  });

  it('of one column is the column’s own variance', () => {
    const one = returnsOf({ seed: 3, periods: 20, columns: 1 });
    const { data } = sampleCovariance(one, 0);
    expect(ledoitWolfIdentity(one).covariance.data[0]).toBeCloseTo(data[0], 15);
    expect(oracleApproximating(one).covariance.data[0]).toBeCloseTo(data[0], 15);
  });
});

describe('factor models', () => {
  it('explain everything when the factors are the columns', () => {
    law((returns, { periods, columns }) => {
      fc.pre(periods > columns + 2);
      const found = factorCovariance(returns, returns);
      if (!found) throw new Error('refused');
      expect(far(found.covariance, sampleCovariance(returns))).toBeLessThan(1e-9);
      for (const own of found.specific) expect(own).toBeLessThan(1e-20);
    });
  });

  it('refuse collinear factors and too few periods', () => {
    const returns = returnsOf({ seed: 5, periods: 10, columns: 3 });
    const same = matrix(
      10,
      2,
      Float64Array.from({ length: 20 }, (_, i) => Math.floor(i / 2)),
    );
    expect(factorCovariance(returns, same)).toBeNull();
    expect(factorCovariance(matrix(3, 1), matrix(3, 2))).toBeNull();
  });

  it('keep the variances, and the whole covariance with all components', () => {
    law((returns) => {
      const sample = sampleCovariance(returns);
      const some = principalCovariance(returns, 1).covariance;
      for (let i = 0; i < returns.columns; i++) {
        const at = i * (returns.columns + 1);
        expect(some.data[at] / sample.data[at]).toBeCloseTo(1, 9);
      }
      const all = principalCovariance(returns, returns.columns).covariance;
      expect(far(all, sample)).toBeLessThan(1e-9);
    });
  });
});

describe('pairwise covariance', () => {
  it('of columns without gaps is the sample covariance', () => {
    law((returns) => {
      const { covariance, fewest } = pairwiseCovariance(returns);
      expect(far(covariance, sampleCovariance(returns))).toBeLessThan(1e-12);
      expect(fewest).toBe(returns.rows);
    });
  });
});

describe('denoising', () => {
  it('keeps the variances, and leaves no component of noise smaller than another', () => {
    law((returns) => {
      const { covariance, signals, correlation } = denoisedCovariance(returns);
      const sample = sampleCovariance(returns);
      for (let i = 0; i < returns.columns; i++) {
        const at = i * (returns.columns + 1);
        expect(covariance.data[at] / sample.data[at]).toBeCloseTo(1, 9);
      }
      expect(signals).toBeLessThanOrEqual(returns.columns);
      expect(far(toCorrelation(covariance), correlation)).toBeLessThan(1e-9);
    });
  });

  it('takes the market out where asked', () => {
    const returns = returnsOf({ seed: 9, periods: 200, columns: 6 });
    const plain = denoisedCovariance(returns).correlation;
    const detoned = denoisedCovariance(returns, { detone: 1 }).correlation;
    const mean = (c: Matrix) => c.data.reduce((s, x) => s + x, 0);
    expect(mean(detoned)).toBeLessThan(mean(plain) / 2);
  });
});
