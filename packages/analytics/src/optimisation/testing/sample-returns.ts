import { seededRandom } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import type { Region } from '../problem/region.ts';

/** Returns with a common factor and tails, drawn from a seed; shape [periods × n]. */
export function sampleReturns(seed: number, periods: number, n: number): Matrix {
  const random = seededRandom(seed);
  const betas = Array.from({ length: n }, () => 0.4 + random.next());
  const noise = Array.from({ length: n }, () => 0.004 + 0.012 * random.next());
  const drift = Array.from({ length: n }, () => 0.0012 * (random.next() - 0.3));
  const returns = matrix(periods, n);
  for (let t = 0; t < periods; t++) {
    const shock = random.next() < 0.05 ? 3 : 1;
    const market = 0.009 * shock * random.normal();
    for (let i = 0; i < n; i++) {
      returns.data[t * n + i] = drift[i] + betas[i] * market + noise[i] * random.normal();
    }
  }
  return returns;
}

/** Fully invested between two bounds; whatever else is given. */
export function sampleRegion(n: number, more: Partial<Region> = {}): Region {
  return {
    names: Array.from({ length: n }, (_, i) => `N${i + 1}`),
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    rows: [
      {
        name: 'budget',
        coefficients: new Float64Array(n).fill(1),
        lower: 1,
        upper: 1,
        unit: 'fraction',
      },
    ],
    current: null,
    turnover: null,
    gross: null,
    long: null,
    short: null,
    maxNames: null,
    minWeight: null,
    tracking: null,
    volatility: null,
    ...more,
  };
}

/** Weights at random that are at least 0 and sum to 1. */
export function sampleWeights(seed: number, n: number): Float64Array {
  const random = seededRandom(seed);
  const positive = Float64Array.from({ length: n }, () => Math.log(1 - random.next()) ** 2);
  const total = positive.reduce((sum, each) => sum + each, 0);
  return positive.map((each) => each / total);
}
