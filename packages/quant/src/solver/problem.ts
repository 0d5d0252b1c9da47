/** Rows of a constraint matrix, compressed: row i has entries `start[i] … start[i + 1] − 1`. */
export interface SparseRows {
  /** Shape [rows + 1], ascending from 0. */
  readonly start: Int32Array;
  /** Column of each entry, ascending within a row. */
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * A linear or mixed-integer program over n variables and m rows:
 *
 *   minimise cᵀx   subject to   rowLower ≤ A x ≤ rowUpper,   lower ≤ x ≤ upper,   x_i whole for i in integers
 *
 * Bounds may be ±Infinity. An equality has both sides the same.
 */
export interface LinearProgram {
  /** c, shape [n]. */
  readonly cost: Float64Array;
  /** A, shape [m × n]. */
  readonly rows: SparseRows;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Variables that must be whole numbers; none for a plain linear program. */
  readonly integers?: Int32Array;
  /** Relative gap at which an integer solution is good enough; 0 (exact) if not given. */
  readonly gap?: number;
}

/** How the search for a solution ended. */
export type SolverStatus = 'optimal' | 'infeasible' | 'unbounded' | 'limit' | 'failed';

/** What a solver answers to a linear program. Everything is empty unless the status is `optimal`. */
export interface LinearSolution {
  readonly status: SolverStatus;
  readonly objective: number;
  readonly x: Float64Array;
  /** ∂objective/∂right-hand side, shape [m]; empty for mixed-integer programs. */
  readonly rowDuals: Float64Array;
  /** ∂objective/∂bound, shape [n]; empty for mixed-integer programs. */
  readonly reducedCosts: Float64Array;
}

/** A solver of linear and mixed-integer programs, handed to pure code as an argument. */
export type SolveLinear = (program: LinearProgram) => LinearSolution;
