export { findConflict } from './find-conflict.ts';
export { type Candidate, kktResiduals, quadraticObjective } from './kkt-residuals.ts';
export type {
  LinearProgram,
  LinearSolution,
  SolveLinear,
  SolverStatus,
  SparseRows,
} from './problem.ts';
export type {
  Conflict,
  KktResiduals,
  QuadraticProgram,
  QuadraticSolution,
  SignedColumns,
} from './quadratic-program.ts';
export { solveQuadratic } from './solve-quadratic.ts';
export { type QuadraticPath, type Segment, traceQuadratic } from './trace-quadratic.ts';
