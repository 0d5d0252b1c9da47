export type {
  LinearProgram,
  LinearSolution,
  SolveLinear,
  SolverStatus,
  SparseRows,
} from './problem.ts';
