import { correlation, rank } from '@plimsoll/quant/statistics';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';

/** Fewest pairs of which a relation is told. */
const fewest = 3;

const few = (pairs: number): Estimate => unknown(`needs ${fewest} pairs, has ${pairs}`);

/**
 * Spearman's rank correlation of pairs, such as scores in and out of sample.
 *
 * Source: C. Spearman, "The proof and measurement of association between two things" (1904).
 */
export function rankCorrelation(x: Float64Array, y: Float64Array): Estimate {
  if (x.length < fewest) return few(x.length);
  return estimate(correlation(rank(x), rank(y)), 'one of the two does not vary');
}

/** Slope of the least-squares line y = a + b x: Σ (x − x̄)(y − ȳ) ÷ Σ (x − x̄)². */
export function slope(x: Float64Array, y: Float64Array): Estimate {
  const n = x.length;
  if (n < fewest) return few(n);
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let above = 0;
  let below = 0;
  for (let i = 0; i < n; i++) {
    above += (x[i] - meanX) * (y[i] - meanY);
    below += (x[i] - meanX) ** 2;
  }
  return estimate(above / below, 'the figures in sample do not vary');
}
