import type { Matrix } from '../linear-algebra/matrix.ts';
import type { SolverStatus } from './problem.ts';

/**
 * A convex quadratic program over n variables and m rows:
 *
 *   minimise ½ zᵀQz + cᵀx   subject to   rowLower ≤ A x ≤ rowUpper,   lower ≤ x ≤ upper
 *
 * where z = x, or z = E x if `columns` say so. Bounds may be ±Infinity; an equality has both sides
 * the same. Q must be positive semidefinite: it is not checked, and may be singular. With no Q the
 * program is linear. The method is for few rows (up to some hundreds) and any number of bounds.
 */
export interface QuadraticProgram {
  /** Q, symmetric, shape [b × b] with b = n unless there are `columns`; null for none. */
  readonly quadratic: Matrix | null;
  /** c, shape [n]. */
  readonly linear: Float64Array;
  /** A, shape [m × n]. */
  readonly rows: Matrix;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /**
   * E, where each x moves one z: z = Σ_j sign_j x_j at place base_j. So a weight that is split into
   * bought and sold, or long and short, costs no copy of Q. base −1 is a variable outside of Q.
   */
  readonly columns?: SignedColumns;
}

/** Which z each x moves, and which way. */
export interface SignedColumns {
  /** Shape [n], each −1 … b − 1. */
  readonly base: Int32Array;
  /** Shape [n]. */
  readonly sign: Float64Array;
}

/** How far a solution is from meeting the Karush–Kuhn–Tucker conditions; all would be 0. */
export interface KktResiduals {
  /** Largest violation of a row or a bound. */
  readonly primal: number;
  /** Largest |gradient − Aᵀ rowDuals − reducedCosts|. */
  readonly stationarity: number;
  /** Largest multiplier of the wrong sign, and largest product of a multiplier and its slack. */
  readonly complementarity: number;
}

/** Limits that cannot hold together, none of which can be left out of the conflict. */
export interface Conflict {
  /** Rows whose lower side takes part, ascending. */
  readonly rowLower: readonly number[];
  readonly rowUpper: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** What the solver answers. */
export interface QuadraticSolution {
  readonly status: SolverStatus;
  /** Empty unless the status is `optimal` or `limit`. */
  readonly x: Float64Array;
  /** NaN where there is no x. */
  readonly objective: number;
  /** ∂objective/∂(side of the row that holds), shape [m]; empty where there is no x. */
  readonly rowDuals: Float64Array;
  /** ∂objective/∂(bound that holds), shape [n]; empty where there is no x. */
  readonly reducedCosts: Float64Array;
  readonly iterations: number;
  readonly residuals: KktResiduals;
}
