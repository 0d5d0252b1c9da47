import type { SolveLinear } from '@plimsoll/quant/solver';

export interface LinearSolverLimits {
  /** Seconds of one program after which it ends with the status `limit`; above 0. */
  readonly seconds?: number;
}

/** A solver of linear and mixed-integer programs, heavy to load and so opened once. */
export interface LinearSolver {
  /** `highs`, as its folder. */
  readonly id: string;
  readonly title: string;
  /**
   * Loads the solver. What it resolves to is synchronous, holds nothing between two programs, and
   * answers every well-formed program with a status; only a malformed one throws.
   */
  open(limits?: LinearSolverLimits): Promise<SolveLinear>;
}
