import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { solve } from '../linear-algebra/lu.ts';
import { matrix } from '../linear-algebra/matrix.ts';
import { dot } from '../linear-algebra/vector.ts';
import { kktResiduals, quadraticObjective } from './kkt-residuals.ts';
import type { QuadraticProgram, QuadraticSolution } from './quadratic-program.ts';

/** Fewer variables than this are free one by one as fast. */
const many = 64;

/**
 * The solution as if only equalities were there, in one factorisation, where no bound is in its way:
 *
 *   x = Q⁻¹ (Aᵀy − c),   A Q⁻¹ Aᵀ y = b + A Q⁻¹ c
 *
 * Null where it is worth no try (few variables, or bounds that hold 0 on one side, so that some are
 * likely to matter), where Q is not positive definite, and where a limit is in the way.
 *
 * **Source:** Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, §16.2 (Schur complement).
 */
export function solveUnbounded(program: QuadraticProgram): QuadraticSolution | null {
  const { quadratic, linear, lower, upper, rows, rowLower, rowUpper } = program;
  const n = linear.length;
  if (!quadratic || program.columns || n < many) return null;
  for (let j = 0; j < n; j++) if (lower[j] >= 0 || upper[j] <= 0) return null;
  const factor = cholesky(quadratic);
  if (!factor) return null;
  const held = Array.from(rowLower.keys()).filter((i) => rowLower[i] === rowUpper[i]);
  const rowOf = (i: number): Float64Array => rows.data.subarray(i * n, (i + 1) * n);
  const free = solveCholesky(factor, linear);
  const solved = held.map((i) => solveCholesky(factor, rowOf(i)));
  const schur = matrix(
    held.length,
    held.length,
    Float64Array.from(held.flatMap((i) => solved.map((each) => dot(rowOf(i), each)))),
  );
  const y = solve(
    schur,
    Float64Array.from(held, (i) => rowLower[i] + dot(rowOf(i), free)),
  );
  if (!y) return null;
  const x = free.map((value, j) => solved.reduce((sum, each, k) => sum + y[k] * each[j], -value));
  const rowDuals = new Float64Array(rowLower.length);
  held.forEach((i, k) => {
    rowDuals[i] = y[k];
  });
  const reducedCosts = new Float64Array(n);
  const residuals = kktResiduals(program, { x, rowDuals, reducedCosts });
  const worst = Math.max(residuals.primal, residuals.stationarity, residuals.complementarity);
  if (!(worst <= 1e-12)) return null;
  const objective = quadraticObjective(program, x);
  return { status: 'optimal', x, objective, rowDuals, reducedCosts, iterations: 1, residuals };
}
