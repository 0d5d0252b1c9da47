import { readParameters, seededRandom } from '@plimsoll/kernel';
import { type Matrix, matrix, multiplyTransposed } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../../covariance/sample.ts';
import maxUtility from '../../optimisers/max-utility/index.ts';
import resampled from '../../optimisers/resampled/index.ts';
import type { AllocationRequest, Optimiser } from '../define-optimiser.ts';
import { sampleRegion, sampleReturns } from '../testing/sample-returns.ts';
import { drawMoments, rootOf } from './sample-moments.ts';

const scenarios = sampleReturns(5, 300, 4);
const yearly = (of: Matrix): Matrix =>
  matrix(
    of.rows,
    of.columns,
    of.data.map((each) => 252 * each),
  );
const request: AllocationRequest = {
  names: sampleRegion(4).names,
  expectedReturns: columnMeans(scenarios).map((each) => 252 * each),
  covariance: yearly(sampleCovariance(scenarios)),
  scenarios,
  periodsPerYear: 252,
  riskFree: 0,
  region: sampleRegion(4, { upper: new Float64Array(4).fill(0.6) }),
  linearCost: null,
  impactCost: null,
  spread: 0,
  benchmark: null,
};

function weightsOf(optimiser: Optimiser, given: unknown): Float64Array {
  const values = readParameters(optimiser.parameters, given);
  if (!values.ok) throw new Error(values.fault.detail);
  const tools = {
    solveLinear: () => {
      throw new Error('no linear program is needed');
    },
  };
  const found = optimiser.allocate(request, values.value, tools);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value.weights;
}

describe('resampling', () => {
  it('says the same for one seed and another for another, within all limits', () => {
    const one = weightsOf(resampled, { samples: 20 });
    expect(weightsOf(resampled, { samples: 20 })).toEqual(one);
    expect(weightsOf(resampled, { samples: 20, seed: 2 })).not.toEqual(one);
    expect(one.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 10);
    expect(one.every((each) => each >= -1e-12 && each <= 0.6 + 1e-12)).toBe(true);
  });

  it('comes to the plain optimum as the estimates get certain', () => {
    const plain = weightsOf(maxUtility, {});
    const certain = weightsOf(resampled, { samples: 4, samplePeriods: 20_000 });
    const unsure = weightsOf(resampled, { samples: 60, samplePeriods: 60 });
    const distance = (of: Float64Array): number =>
      of.reduce((sum, each, i) => sum + Math.abs(each - plain[i]), 0);
    expect(distance(certain)).toBeLessThan(distance(unsure));
    expect(Math.max(...unsure)).toBeLessThan(Math.max(...plain) + 1e-12);
  });

  it('draws moments around those given', () => {
    const covariance = matrix(2, 2, Float64Array.of(4, 1, 1, 2));
    const drawn = drawMoments(Float64Array.of(1, -1), rootOf(covariance), 20_000, seededRandom(3));
    expect(drawn.mean[0]).toBeCloseTo(1, 1);
    [4, 1, 1, 2].forEach((each, k) => {
      expect(Math.abs(drawn.covariance.data[k] - each)).toBeLessThan(0.15);
    });
  });

  it('has a root of every covariance, singular ones too', () => {
    const singular = matrix(3, 3, new Float64Array(9).fill(0.04));
    const root = rootOf(singular);
    multiplyTransposed(root, root).data.forEach((each) => {
      expect(Math.abs(each - 0.04)).toBeLessThan(1e-9);
    });
  });
});
