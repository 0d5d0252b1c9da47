import { kktResiduals, quadraticObjective } from './kkt-residuals.ts';
import { KktState } from './kkt-state.ts';
import { makeFeasible } from './make-feasible.ts';
import { minimise } from './minimise.ts';
import type { SolverStatus } from './problem.ts';
import type { QuadraticProgram, QuadraticSolution } from './quadratic-program.ts';
import { solveByGuess } from './solve-by-guess.ts';

/**
 * Minimises ½ zᵀQz + cᵀx over rows and bounds, exactly up to rounding, by a primal active-set method:
 *
 *   Q x + c = Aᵀ y + r,   y and r ≥ 0 where a lower side holds, ≤ 0 where an upper side does, else 0
 *
 * Q may be singular or nothing (then this is the simplex method). Numbers must be finite but for
 * bounds; where one is not, or Q is so far from positive semidefinite that nothing is found, the
 * status is `failed`. No variables is a program too, whose objective is 0. The cost of a step is (m + f)² + b·f for f free variables, and there are about as many steps
 * as variables that end between their bounds, so it is fastest where most end at one.
 *
 * **Source:** Fletcher, Practical Methods of Optimization, 2nd ed. 1987, ch. 10.
 *
 * @param limit Steps after which the best so far is given, status `limit`; 50 (n + m) + 1,000 if not given.
 */
export function solveQuadratic(program: QuadraticProgram, limit?: number): QuadraticSolution {
  if (!isStated(program)) return without('failed', 0);
  if (boundsCross(program)) return without('infeasible', 0);
  const direct = solveByGuess(program);
  if (direct) return direct;
  const state = new KktState(program);
  const most = limit ?? 50 * state.total + 1000;
  const farkas = makeFeasible(state, most);
  if (farkas !== null) {
    return without(farkas === 'limit' ? 'failed' : 'infeasible', state.iterations);
  }
  const status = minimise(state, most);
  if (status === 'unbounded') return without('unbounded', state.iterations);
  return solutionOf(program, state, status);
}

/** Whether all is a number, infinite at most where a bound may be; Q by its diagonal. */
export function isStated({ quadratic, linear, rows, ...sides }: QuadraticProgram): boolean {
  const width = quadratic?.rows ?? 0;
  for (let i = 0; i < width; i++) {
    if (!Number.isFinite(quadratic?.data[i * (width + 1)])) return false;
  }
  const { rowLower, rowUpper, lower, upper } = sides;
  return (
    linear.every(Number.isFinite) &&
    rows.data.every(Number.isFinite) &&
    [rowLower, rowUpper, lower, upper].every((side) => !side.some(Number.isNaN))
  );
}

/** Whether some lower side is above its upper side. */
export function boundsCross({ rowLower, rowUpper, lower, upper }: QuadraticProgram): boolean {
  return rowLower.some((low, i) => low > rowUpper[i]) || lower.some((low, j) => low > upper[j]);
}

/** The answer that a state is. */
export function solutionOf(
  program: QuadraticProgram,
  state: KktState,
  status: 'optimal' | 'limit',
): QuadraticSolution {
  const x = state.x.slice(0, state.n);
  if (!x.every(Number.isFinite)) return without('failed', state.iterations);
  for (let j = 0; j < x.length; j++)
    x[j] = Math.min(Math.max(x[j], program.lower[j]), program.upper[j]);
  const rowDuals = state.y.map((price, i) => price * state.rowScale[i]);
  const reducedCosts = state.reduced.slice(0, state.n);
  return {
    status,
    x,
    objective: quadraticObjective(program, x),
    rowDuals,
    reducedCosts,
    iterations: state.iterations,
    residuals: kktResiduals(program, { x, rowDuals, reducedCosts }),
  };
}

/** No solution, and why. */
export function without(status: SolverStatus, iterations: number): QuadraticSolution {
  const none = new Float64Array(0);
  return {
    status,
    x: none,
    objective: Number.NaN,
    rowDuals: none,
    reducedCosts: none,
    iterations,
    residuals: { primal: Number.NaN, stationarity: Number.NaN, complementarity: Number.NaN },
  };
}
