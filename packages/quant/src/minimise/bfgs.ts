import { lineSearch, type Slope } from './line-search.ts';
import { numericGradient } from './numeric-derivatives.ts';

/** When a quasi-Newton search ends. */
export interface BfgsOptions {
  /**
   * The search ends where every |g_i| max(1, |x_i|) is at most this times max(1, |f|). 1e-8 if not
   * given, 1e-6 with a numeric gradient, which knows no more.
   */
  readonly gradientTolerance?: number;
  /** 200 if not given. */
  readonly maxIterations?: number;
  /** A first estimate of the inverse Hessian, positive definite, shape [n × n]; the size of the first step if not given. */
  readonly inverse?: Float64Array;
}

/** The lowest point that a quasi-Newton search found. */
export interface BfgsMinimum {
  /** Shape [n]. */
  readonly x: Float64Array;
  /** f(x). */
  readonly value: number;
  /** ∇f(x), shape [n]. */
  readonly gradient: Float64Array;
  readonly iterations: number;
  /** Whether the gradient is as small as was asked for, or f cannot fall further in floating point. */
  readonly converged: boolean;
}

/**
 * A local minimum of a smooth f over ℝⁿ by the method of Broyden, Fletcher, Goldfarb and Shanno:
 * x ← x − t H ∇f(x), with t by a line search that keeps the strong Wolfe conditions, and H, the
 * estimate of the inverse Hessian, renewed by
 *
 *   H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ,   s = Δx, y = Δ∇f, ρ = 1 ÷ yᵀs
 *
 * @param f Called with an array that is reused. Where it is NaN or Infinity, is a wall: steps stop short of it.
 * @param gradient Fills `out` (shape [n]) with ∇f(x); by central differences if undefined.
 * @param start Shape [n], at which f is finite; else it is handed back, not converged.
 *
 * Cost: O(n²) and one or two evaluations of f and its gradient an iteration.
 * Source: Jorge Nocedal and Stephen J. Wright, Numerical Optimization, 2006, algorithms 6.1, 3.5, 3.6.
 */
export function bfgs(
  f: (x: Float64Array) => number,
  gradient: ((x: Float64Array, out: Float64Array) => void) | undefined,
  start: Float64Array,
  options: BfgsOptions = {},
): BfgsMinimum {
  const n = start.length;
  const { gradientTolerance = gradient ? 1e-8 : 1e-6, maxIterations = 200 } = options;
  const slopeAt = gradient ?? ((x, out) => numericGradient(f, x, out));
  let x = Float64Array.from(start);
  let value = f(x);
  let g = new Float64Array(n);
  if (!Number.isFinite(value)) return { x, value, gradient: g, iterations: 0, converged: false };
  slopeAt(x, g);
  const inverse = Float64Array.from(options.inverse ?? new Float64Array(n * n));
  const direction = new Float64Array(n);
  let fresh = options.inverse === undefined;
  if (fresh) reset(inverse, n, 1);
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    if (isFlat(x, value, g, gradientTolerance)) {
      return { x, value, gradient: g, iterations, converged: true };
    }
    let slope = descend(inverse, g, direction);
    if (!(slope < 0)) {
      reset(inverse, n, 1);
      fresh = true;
      slope = descend(inverse, g, direction);
    }
    const first = fresh ? Math.min(1, 1 / norm(g)) : 1;
    const found = lineSearch(along(f, slopeAt, x, direction), value, slope, first);
    if (!found) {
      // Downhill by the gradient itself is not lower either: f is at the bottom of its rounding.
      if (fresh) {
        const flat = isFlat(x, value, g, 1e4 * gradientTolerance);
        return { x, value, gradient: g, iterations, converged: flat };
      }
      reset(inverse, n, 1);
      fresh = true;
      continue;
    }
    renew(inverse, found.x, x, found.gradient, g, fresh);
    fresh = false;
    x = found.x;
    value = found.value;
    g = found.gradient;
  }
  return { x, value, gradient: g, iterations, converged: false };
}

function along(
  f: (x: Float64Array) => number,
  slopeAt: (x: Float64Array, out: Float64Array) => unknown,
  x: Float64Array,
  direction: Float64Array,
): Slope {
  const at = new Float64Array(x.length);
  return {
    value: (t) => {
      for (let i = 0; i < x.length; i++) at[i] = x[i] + t * direction[i];
      const value = f(at);
      return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
    },
    // Always asked for where the value was asked for last.
    gradient: () => {
      const gradient = new Float64Array(x.length);
      slopeAt(at, gradient);
      let slope = 0;
      for (let i = 0; i < x.length; i++) slope += gradient[i] * direction[i];
      return { gradient, slope, x: Float64Array.from(at) };
    },
  };
}

/** Fills `direction` with −H g and answers the slope along it. */
function descend(inverse: Float64Array, g: Float64Array, direction: Float64Array): number {
  const n = g.length;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j] * g[j];
    direction[i] = -sum;
    slope -= sum * g[i];
  }
  return slope;
}

function renew(
  inverse: Float64Array,
  x: Float64Array,
  before: Float64Array,
  g: Float64Array,
  gBefore: Float64Array,
  fresh: boolean,
): void {
  const n = x.length;
  const s = x.map((each, i) => each - before[i]);
  const y = g.map((each, i) => each - gBefore[i]);
  let ys = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    ys += y[i] * s[i];
    yy += y[i] * y[i];
  }
  // Without curvature along the step the estimate would stop being positive definite.
  if (!(ys > Number.EPSILON * Math.sqrt(yy) * norm(s))) return;
  if (fresh) reset(inverse, n, ys / yy);
  const hy = new Float64Array(n);
  let yhy = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j] * y[j];
    hy[i] = sum;
    yhy += y[i] * sum;
  }
  const weight = (1 + yhy / ys) / ys;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      inverse[i * n + j] += weight * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / ys;
    }
  }
}

function reset(inverse: Float64Array, n: number, size: number): void {
  inverse.fill(0);
  for (let i = 0; i < n; i++) inverse[i * n + i] = size;
}

const norm = (x: Float64Array): number => {
  let sum = 0;
  for (const each of x) sum += each * each;
  return Math.sqrt(sum);
};

const isFlat = (x: Float64Array, value: number, g: Float64Array, tolerance: number): boolean =>
  g.every(
    (each, i) =>
      Math.abs(each) * Math.max(1, Math.abs(x[i])) <= tolerance * Math.max(1, Math.abs(value)),
  );
