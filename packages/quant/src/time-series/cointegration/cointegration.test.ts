import { describe, expect, it } from 'vitest';
import { multiply, transpose } from '../../linear-algebra/index.ts';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { seriesG } from '../testing/series-g.ts';
import { simulatedArma } from '../testing/simulated.ts';
import { engleGranger } from './engle-granger.ts';
import { johansen } from './johansen.ts';

/** Logarithms of series G now, half a year and a year ago. */
const logG = seriesG.map(Math.log);
const rows = 132;
const levels = {
  rows,
  columns: 3,
  data: Float64Array.from(
    { length: 3 * rows },
    (_, i) => logG[Math.floor(i / 3) + 12 - 6 * (i % 3)],
  ),
};
const column = (j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, t) => levels.data[3 * t + j]);
const others = {
  rows,
  columns: 2,
  data: Float64Array.from(
    { length: 2 * rows },
    (_, i) => levels.data[3 * Math.floor(i / 2) + 1 + (i % 2)],
  ),
};

describe('engleGranger', () => {
  it('agrees with statsmodels 0.13.5', () => {
    const found = fittedOrThrow(engleGranger(column(0), others));
    expect(found.statistic).toBeCloseTo(-3.0570943929665377, 7);
    expect(found.p).toBeCloseTo(0.21922971375623618, 7);
    expect(found.critical?.five).toBeCloseTo(-3.80664786, 7);
  });

  it('finds the relation of a walk and its noisy double', () => {
    let sum = 0;
    const walk = simulatedArma(6, 500, {}).map((each) => {
      sum += each;
      return sum;
    });
    const noise = simulatedArma(7, 500, { ar: [0.3] });
    const y = walk.map((each, t) => 2 * each + 1 + noise[t]);
    const found = fittedOrThrow(engleGranger(y, { rows: 500, columns: 1, data: walk }));
    expect(found.p).toBeLessThan(1e-6);
    expect(found.coefficients[0]).toBeCloseTo(2, 1);
    expect(found.residuals.reduce((total, each) => total + each, 0)).toBeCloseTo(0, 6);
  });

  it('says why there is none', () => {
    const double = { rows, columns: 1, data: column(0).map((each) => 2 * each) };
    expect(engleGranger(column(0), double).why).toContain('almost exact');
    const twice = {
      rows,
      columns: 2,
      data: Float64Array.from({ length: 2 * rows }, (_, i) => logG[Math.floor(i / 2)]),
    };
    expect(engleGranger(column(0), twice).why).toContain('exact combination');
    expect(
      engleGranger(Float64Array.of(1, 2), { rows: 2, columns: 1, data: Float64Array.of(1, 3) }).why,
    ).toContain('too few');
  });
});

describe('johansen', () => {
  it('agrees with statsmodels 0.13.5', () => {
    const found = fittedOrThrow(johansen(levels, { lags: 2 }));
    [0.39227197, 0.10121169, 0.00669048].forEach((wanted, i) => {
      expect(found.eigenvalues[i]).toBeCloseTo(wanted, 7);
    });
    [78.8768592, 14.63127006, 0.86597148].forEach((wanted, i) => {
      expect(found.steps[i].trace).toBeCloseTo(wanted, 6);
    });
    expect(found.steps[0].largest).toBeCloseTo(64.24558914, 6);
    expect(found.steps[0].traceCritical).toEqual([27.0669, 29.7961, 35.4628]);
    expect(found.rank).toBe(1);
  });

  it('does not mind the order of the series, nor their units', () => {
    const turned = {
      ...levels,
      data: Float64Array.from(
        levels.data,
        (_, i) => (1 + (i % 3)) * levels.data[i - (i % 3) + ((i + 1) % 3)],
      ),
    };
    const one = fittedOrThrow(johansen(levels));
    const other = fittedOrThrow(johansen(turned));
    one.eigenvalues.forEach((each, i) => {
      expect(other.eigenvalues[i]).toBeCloseTo(each, 9);
    });
  });

  it('gives relations that are free of one another', () => {
    const { vectors } = fittedOrThrow(johansen(levels, { lags: 0, deterministic: 'none' }));
    const lagged = { rows: rows - 1, columns: 3, data: levels.data.slice(3) };
    const scores = multiply(lagged, vectors);
    const product = multiply(transpose(scores), scores).data.map((each) => each / (rows - 1));
    product.forEach((each, i) => {
      expect(each).toBeCloseTo(i % 4 === 0 ? 1 : 0, 6);
    });
  });

  it('says why there is none', () => {
    expect(johansen({ rows: 20, columns: 1, data: new Float64Array(20) }).why).toContain('2 to 12');
    const copy = {
      rows,
      columns: 2,
      data: Float64Array.from({ length: 2 * rows }, (_, i) => logG[Math.floor(i / 2)]),
    };
    expect(johansen(copy).why).toContain('combination');
    expect(johansen({ rows: 4, columns: 2, data: new Float64Array(8) }).why).toContain('too few');
  });
});
