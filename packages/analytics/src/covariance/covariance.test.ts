import { matrix } from '@plimsoll/quant/linear-algebra';
import { describe, expect, it } from 'vitest';
import {
  bayesSteinMeans,
  capmMeans,
  exponentialMeans,
  historicalMeans,
  jamesSteinMeans,
} from './expected-returns.ts';
import {
  decayOfHalfLife,
  decayOfSpan,
  exponentialConventions,
  exponentialCovariance,
} from './exponential.ts';
import { gerberCovariance } from './gerber.ts';
import { covarianceHealth } from './health.ts';
import { ledoitWolfIdentity, oracleApproximating } from './identity-shrinkage.ts';
import { fitNoiseVariance, noiseEdge } from './marchenko-pastur.ts';
import { pairwiseCovariance } from './pairwise.ts';
import { sampleCovariance } from './sample.ts';
import { semiCovariance } from './semi-covariance.ts';

const [periods, columns] = [40, 4];
const panel = matrix(
  periods,
  columns,
  Float64Array.from({ length: periods * columns }, (_, at) => {
    const [t, i] = [Math.floor(at / columns), at % columns];
    return (((t * 7) % 11) - 5) / 100 + (((t * 7 + i * 13 + t * i * 3) % 17) - 8) / 400;
  }),
);
const gaps = matrix(
  periods,
  columns,
  panel.data.map((value, at) => {
    const [t, i] = [Math.floor(at / columns), at % columns];
    return (t < 4 && i === 0) || (t === 7 && i === 2) ? Number.NaN : value;
  }),
);

// Computed with scikit-learn 1.2.1 and pandas 1.5.3 on the same panel.
describe('agrees with other tools', () => {
  it('scikit-learn: LedoitWolf and OAS', () => {
    const ledoitWolf = ledoitWolfIdentity(panel);
    expect(ledoitWolf.shrinkage).toBeCloseTo(0.03549626984590829, 13);
    expect(ledoitWolf.covariance.data[1]).toBeCloseTo(0.0009632001430813054, 16);
    expect(ledoitWolf.covariance.data[10]).toBeCloseTo(0.0011316719397107707, 16);
    const oas = oracleApproximating(panel, 'sklearn');
    expect(oas.shrinkage).toBeCloseTo(0.07720789807755678, 13);
    expect(oas.covariance.data[1]).toBeCloseTo(0.0009215448907221887, 16);
  });

  it('pandas: ewm by half-life, by span, and without adjustment', () => {
    const { pandas } = exponentialConventions;
    const halfLife = exponentialCovariance(panel, { decay: decayOfHalfLife(3), ...pandas });
    expect(halfLife.data[1]).toBeCloseTo(0.0013246294838182874, 16);
    const span = exponentialCovariance(panel, { decay: decayOfSpan(5), ...pandas });
    expect(span.data[7]).toBeCloseTo(0.0016357892013782, 16);
    const plain = exponentialCovariance(panel, {
      decay: 0.94,
      weights: 'first',
      centre: 'weighted-mean',
      unbiased: false,
    });
    expect(plain.data[1]).toBeCloseTo(0.0011859207230623496, 16);
  });

  it('pandas: pairs with gaps', () => {
    const { covariance, shared, fewest } = pairwiseCovariance(gaps);
    expect(covariance.data[2]).toBeCloseTo(0.0010472584033613445, 16);
    expect(covariance.data[0]).toBeCloseTo(0.0012259920634920634, 16);
    expect([shared[0], shared[2], fewest]).toEqual([36, 35, 35]);
    expect(pairwiseCovariance(gaps, 36).covariance.data[2]).toBeNaN();
  });

  it('pandas: means a year, with gaps', () => {
    const compounded = historicalMeans(gaps, 252, 'compounded');
    expect(compounded[0]).toBeCloseTo(-0.07721957494572362, 12);
    expect(compounded[2]).toBeCloseTo(-0.16228154884083668, 12);
    const weighted = exponentialMeans(panel, 252, { decay: decayOfSpan(500), kind: 'compounded' });
    expect(weighted[1]).toBeCloseTo(0.34766308059037554, 11);
  });

  it('the definition of the semi-covariance', () => {
    expect(semiCovariance(panel).data[1]).toBeCloseTo(0.00051796875, 16);
  });
});

describe('the Gerber statistic', () => {
  // Three concordant, one discordant, one of noise in both, worked by hand.
  const pair = matrix(
    5,
    2,
    Float64Array.of(0.02, 0.02, -0.02, -0.02, 0.02, 0.02, 0.02, -0.02, 0, 0),
  );

  it.each`
    statistic | correlation
    ${'GS0'}  | ${0.5}
    ${'GS1'}  | ${0.5}
    ${'GS2'}  | ${0.5}
  `('$statistic counts 3 with, 1 against', ({ statistic, correlation }) => {
    expect(gerberCovariance(pair, 0.5, statistic).correlation.data[1]).toBe(correlation);
  });

  it('has no correlation for what never moves beyond', () => {
    expect(gerberCovariance(pair, 50).correlation.data[1]).toBe(0);
  });
});

describe('the Marchenko–Pastur edge', () => {
  it('is (1 + √(n/T))² and scales with the variance', () => {
    expect(noiseEdge(4)).toBe(2.25);
    expect(noiseEdge(4, 0.5)).toBe(1.125);
  });

  it('is fitted to eigenvalues that noise of that variance has', () => {
    // Quantiles of the density for q = 4, σ² = 0.6, by its own distribution summed on a grid.
    const [low, high] = [0.6 * 0.25, 0.6 * 2.25];
    const grid = Float64Array.from({ length: 4001 }, (_, i) => low + (i / 4000) * (high - low));
    const weight = grid.map((x) => Math.sqrt(Math.max(0, (high - x) * (x - low))) / x);
    const total = weight.reduce((sum, each) => sum + each, 0);
    const eigenvalues: number[] = [];
    let sum = 0;
    grid.forEach((x, i) => {
      sum += weight[i] / total;
      while (eigenvalues.length < 200 && sum > (eigenvalues.length + 0.5) / 200)
        eigenvalues.push(x);
    });
    for (const search of ['global', 'from-half'] as const) {
      const fit = fitNoiseVariance(Float64Array.from(eigenvalues), 4, { bandwidth: 0.05, search });
      expect(fit).toBeGreaterThan(0.56);
      expect(fit).toBeLessThan(0.64);
    }
  });
});

describe('expected returns', () => {
  const covariance = sampleCovariance(panel);
  const means = historicalMeans(panel, 1, 'arithmetic');

  it('of the market itself is the market’s', () => {
    const market = Float64Array.from(
      { length: periods },
      (_, t) => panel.data.subarray(t * columns, (t + 1) * columns).reduce((s, x) => s + x, 0) / 4,
    );
    const only = matrix(periods, 1, market);
    const options = { periods: 252, riskFree: 0.02, kind: 'arithmetic' } as const;
    const found = capmMeans(only, market, options);
    expect(found?.betas[0]).toBeCloseTo(1, 14);
    expect(found?.means[0]).toBeCloseTo(found?.market ?? 0, 14);
    const betas = capmMeans(panel, market, options)?.betas ?? new Float64Array(1);
    expect(betas.reduce((s, x) => s + x, 0) / 4).toBeCloseTo(1, 13);
    expect(capmMeans(only, new Float64Array(periods).fill(0.01), options)).toBeNull();
  });

  it('are pulled together, wholly where they are the same', () => {
    const { eigenvalues } = covarianceHealth(covariance);
    const shrunk = jamesSteinMeans(means, eigenvalues, periods);
    expect(shrunk.shrinkage).toBe(0);
    const bayes = bayesSteinMeans(means, covariance, periods);
    expect(bayes?.shrinkage).toBeGreaterThan(0);
    expect(bayes?.shrinkage).toBeLessThan(1);
    const equal = new Float64Array(columns).fill(0.01);
    expect(bayesSteinMeans(equal, covariance, periods)?.shrinkage).toBeCloseTo(1, 12);
    expect(bayesSteinMeans(equal, matrix(4, 4), periods)).toBeNull();
    const spread = Float64Array.of(1, 1, 1, 1, 1);
    const alike = Float64Array.of(0.01, 0.02, 0.03, 0.04, 0.05);
    // (5 − 2·1) ÷ (3000 · 0.001) = 1; with T = 6000 half of it.
    expect(jamesSteinMeans(alike, spread, 6000).shrinkage).toBeCloseTo(0.5, 12);
    expect(jamesSteinMeans(alike, spread, 6000).means[0]).toBeCloseTo(0.02, 12);
  });
});

describe('health', () => {
  it('calls what is singular by rounding infinite, and negative eigenvalues not PSD', () => {
    const singular = covarianceHealth(matrix(2, 2, Float64Array.of(1, 1, 1, 1)));
    expect(singular).toMatchObject({
      conditionNumber: Number.POSITIVE_INFINITY,
      logDeterminant: Number.NEGATIVE_INFINITY,
      isPsd: true,
    });
    expect(covarianceHealth(matrix(2, 2, Float64Array.of(1, 2, 2, 1))).isPsd).toBe(false);
    const plain = covarianceHealth(matrix(2, 2, Float64Array.of(4, 0, 0, 1)));
    expect(plain).toMatchObject({ conditionNumber: 4, trace: 5, isPsd: true });
    expect(plain.logDeterminant).toBeCloseTo(Math.log(4), 14);
  });
});
