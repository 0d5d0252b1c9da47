import { solve } from '../linear-algebra/index.ts';
import { numericJacobian } from './numeric-derivatives.ts';

/** When Newton's method for equations ends. */
export interface NewtonOptions {
  /** Size of the largest residual at which the search ends; 1e-12 if not given. */
  readonly tolerance?: number;
  /** 100 if not given. */
  readonly maxIterations?: number;
}

/** Where Newton's method ended. */
export interface NewtonRoot {
  /** Shape [n]. */
  readonly x: Float64Array;
  /** F(x), shape [n]. */
  readonly residual: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * A root of n equations in n unknowns, F(x) = 0, by Newton's method: x ← x − t J⁻¹ F(x), with t
 * halved until the residuals are smaller (in the sum of squares) than before.
 *
 * @param f Answers F(x), shape [n]; NaN in it is a wall.
 * @param jacobian Answers ∂F_i/∂x_j, row-major, shape [n × n]; by central differences if undefined.
 * @param start Shape [n].
 * @returns the last point; not converged where the Jacobian is singular or no step helps.
 *
 * Cost: O(n³) an iteration. Source: Jorge Nocedal and Stephen J. Wright, Numerical Optimization,
 * 2006, algorithm 11.4.
 */
export function newtonSystem(
  f: (x: Float64Array) => Float64Array,
  jacobian: ((x: Float64Array) => Float64Array) | undefined,
  start: Float64Array,
  { tolerance = 1e-12, maxIterations = 100 }: NewtonOptions = {},
): NewtonRoot {
  const n = start.length;
  let x = Float64Array.from(start);
  let residual = Float64Array.from(f(x));
  let squares = sumOfSquares(residual);
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    if (residual.every((each) => Math.abs(each) <= tolerance)) {
      return { x, residual, iterations, converged: true };
    }
    const data = jacobian ? jacobian(x) : numericJacobian(f, x);
    const step = solve({ rows: n, columns: n, data }, residual);
    if (step === null) break;
    let t = 1;
    let moved = x;
    let after = residual;
    let squaresAfter = Number.POSITIVE_INFINITY;
    while (t > 1e-10 && !(squaresAfter < squares)) {
      const length = t;
      moved = x.map((each, i) => each - length * step[i]);
      after = Float64Array.from(f(moved));
      squaresAfter = sumOfSquares(after);
      t /= 2;
    }
    if (!(squaresAfter < squares)) break;
    x = moved;
    residual = after;
    squares = squaresAfter;
  }
  return { x, residual, iterations, converged: residual.every((e) => Math.abs(e) <= tolerance) };
}

const sumOfSquares = (x: Float64Array): number => x.reduce((sum, each) => sum + each * each, 0);
