import { type Matrix, symmetricEigenvalues } from '@plimsoll/quant/linear-algebra';
import { sumOfSquares, trace } from './shrinkage.ts';

/** What says whether a covariance may be inverted. */
export interface CovarianceHealth {
  readonly trace: number;
  /** ‖S‖ in the Frobenius norm. */
  readonly frobenius: number;
  /** Ascending, shape [n]. */
  readonly eigenvalues: Float64Array;
  /** log det S; −Infinity where it is singular or has a negative eigenvalue. */
  readonly logDeterminant: number;
  /** Largest ÷ smallest eigenvalue; Infinity where the smallest is not above 0 by rounding's measure. */
  readonly conditionNumber: number;
  /** No eigenvalue below −8n·2⁻⁵²·largest. */
  readonly isPsd: boolean;
}

/**
 * Eigenvalues of a covariance and what follows from them. Cost 4/3·n³.
 *
 * @param covariance shape [n × n], symmetric, finite, n ≥ 1.
 */
export function covarianceHealth(covariance: Matrix): CovarianceHealth {
  const n = covariance.rows;
  const eigenvalues = symmetricEigenvalues(covariance);
  const [least, largest] = [eigenvalues[0], eigenvalues[n - 1]];
  const rounding = 8 * n * Number.EPSILON * Math.max(Math.abs(least), Math.abs(largest));
  const isDefinite = least > rounding;
  return {
    trace: trace(covariance),
    frobenius: Math.sqrt(sumOfSquares(covariance)),
    eigenvalues,
    logDeterminant: isDefinite
      ? eigenvalues.reduce((sum, value) => sum + Math.log(value), 0)
      : Number.NEGATIVE_INFINITY,
    conditionNumber: isDefinite ? largest / least : Number.POSITIVE_INFINITY,
    isPsd: least >= -rounding,
  };
}
