import {
  type Matrix,
  matrix,
  nearestCorrelation,
  quadraticForm,
  symmetricEigen,
} from '@plimsoll/quant/linear-algebra';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';

export interface StressedCorrelation {
  /** Unit diagonal, no negative eigenvalue. */
  readonly correlation: Matrix;
  /** Whether the blend had to be replaced by the nearest correlation matrix. */
  readonly repaired: boolean;
}

/**
 * Correlations pulled towards one number: (1 − s) R + s R*, R* with `target` off the diagonal.
 * Towards 1 the blend is always a correlation matrix; otherwise it is replaced by the nearest one
 * where it is none, so that −1 stands for as much opposition as there can be.
 *
 * @param strength s from 0 (as it is) to 1 (the target).
 * @param target From −1 to 1.
 *
 * **Source:** P. Kupiec, 1998; N. Higham, Computing the nearest correlation matrix, 2002.
 */
export function stressCorrelation(
  correlation: Matrix,
  strength: number,
  target: number,
): StressedCorrelation {
  const n = correlation.rows;
  const blend = matrix(
    n,
    n,
    correlation.data.map((each, at) =>
      at % (n + 1) === 0 ? 1 : (1 - strength) * each + strength * target,
    ),
  );
  const { values } = symmetricEigen(blend);
  if (values.every((value) => value >= -n * Number.EPSILON)) {
    return { correlation: blend, repaired: false };
  }
  return { correlation: nearestCorrelation(blend).correlation, repaired: true };
}

/** √(wᵀΣw), or why there is none. */
export function volatilityOf(weights: Float64Array, covariance: Matrix): Estimate {
  const variance = quadraticForm(covariance, weights);
  return variance >= 0
    ? estimate(Math.sqrt(variance), 'a variance is not a number')
    : unknown('the covariance is not positive semi-definite');
}
