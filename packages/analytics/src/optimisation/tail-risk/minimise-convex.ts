import { ok, type Result, refuse } from '@plimsoll/kernel';
import { dot, type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import { type QuadraticSolution, solveQuadratic } from '@plimsoll/quant/solver';

/** Linear limits on x: `rowLower ≤ rows · x ≤ rowUpper`, `lower ≤ x ≤ upper`. */
export interface Polytope {
  readonly rows: Matrix;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A convex function with its derivatives at a point; the Hessian is positive semidefinite. */
export interface ConvexFunction {
  /** Infinity outside of where the function is defined. */
  value(x: Float64Array): number;
  derivatives(x: Float64Array): { readonly gradient: Float64Array; readonly hessian: Matrix };
  /** Narrows the polytope around x where the model must not be trusted far; none if not given. */
  trust?(x: Float64Array, within: Polytope): Polytope;
}

export interface ConvexMinimum {
  readonly x: Float64Array;
  readonly value: number;
  /** ∂value/∂side of each row that holds. */
  readonly rowDuals: Float64Array;
  /** ∂value/∂bound of each variable at one. */
  readonly reducedCosts: Float64Array;
  readonly iterations: number;
  /** Fall of the function that its quadratic model still promised at the end. */
  readonly promised: number;
}

/**
 * Minimises a convex function over a polytope by Newton's method: each step goes to the minimum of
 * the quadratic model over the polytope, as far as the function falls on the way.
 *
 *   x⁺ = argmin ½ (y − x)ᵀH(y − x) + gᵀ(y − x) over the polytope;   Armijo along x⁺ − x
 *
 * @param near Where to begin: the nearest point of the polytope to it.
 * @returns Refused where the polytope is empty, the function is not defined at its start, or the
 *   steps did not come to an end.
 *
 * Cost: a quadratic program and a Hessian a step, about ten steps.
 *
 * **Source:** J. Nocedal, S. Wright, Numerical Optimization, 2nd ed. (2006), ch. 18.
 */
export function minimiseConvex(
  f: ConvexFunction,
  polytope: Polytope,
  near: Float64Array,
): Result<ConvexMinimum> {
  const begun = startNear(polytope, near);
  if (!begun.ok) return begun;
  let x = begun.value;
  let value = f.value(x);
  if (!(value < Number.POSITIVE_INFINITY)) {
    const detail =
      'The objective is not defined at the weights to begin with: some period would lose everything. Bound the weights more tightly.';
    return refuse({ code: 'optimisation.outside-domain', detail });
  }
  for (let step = 1; step <= 200; step++) {
    const { gradient, hessian } = f.derivatives(x);
    const solved = model(hessian, gradient, x, f.trust ? f.trust(x, polytope) : polytope);
    if (solved.status !== 'optimal') return refuse(stopped(`a step ended as ${solved.status}`));
    const move = solved.x.map((each, i) => each - x[i]);
    const promised = -dot(gradient, move);
    const tiny = 1e-15 * Math.max(1e-12, Math.abs(value));
    const next = promised > tiny ? search(f, x, value, move, promised) : null;
    if (next === null) {
      const { rowDuals, reducedCosts } = solved;
      // The model's own minimum is the better one: its active limits hold exactly.
      const last = f.value(solved.x) <= value + tiny ? solved.x : x;
      return ok({
        x: last,
        value: f.value(last),
        rowDuals,
        reducedCosts,
        iterations: step,
        promised: Math.max(0, promised),
      });
    }
    x = next.x;
    value = next.value;
  }
  return refuse(stopped('200 steps were not enough'));
}

const stopped = (why: string): { code: string; detail: string } => ({
  code: 'optimisation.not-solved',
  detail: `The optimisation did not end: ${why}. Give weights bounds, or fewer instruments.`,
});

function startNear(polytope: Polytope, near: Float64Array): Result<Float64Array> {
  const n = near.length;
  const unit = matrix(n, n);
  for (let i = 0; i < n; i++) unit.data[i * n + i] = 1;
  const { status, x } = solveQuadratic({
    ...polytope,
    quadratic: unit,
    linear: near.map((each) => -each),
  });
  if (status === 'optimal') return ok(x);
  return refuse({ code: 'optimisation.infeasible', detail: 'No weights meet all limits.' });
}

function model(
  hessian: Matrix,
  gradient: Float64Array,
  x: Float64Array,
  polytope: Polytope,
): QuadraticSolution {
  const curved = timesVector(hessian, x);
  const linear = gradient.map((each, i) => each - curved[i]);
  return solveQuadratic({ ...polytope, quadratic: hessian, linear });
}

/** The first of 1, ½, ¼ … of the move that gives a tenth of what was promised; null where rounding is all. */
function search(
  f: ConvexFunction,
  x: Float64Array,
  value: number,
  move: Float64Array,
  promised: number,
): { x: Float64Array; value: number } | null {
  for (let length = 1; length > 1e-12; length /= 2) {
    const next = x.map((each, i) => each + length * move[i]);
    const reached = f.value(next);
    if (reached <= value - 0.1 * length * promised) return { x: next, value: reached };
  }
  return null;
}
