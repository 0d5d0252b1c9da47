import { dot, matrix, quadraticForm, timesVector } from '@plimsoll/quant/linear-algebra';
import { type QuadraticSolution, solveQuadratic } from '@plimsoll/quant/solver';
import type { Compiled } from './compile.ts';
import { type CurvedCap, capAt } from './curved-cap.ts';
import type { Region, RegionRow } from './region.ts';
import type { Smooth } from './smooth-part.ts';
import { type Term, termsAt } from './term.ts';

interface Problem {
  readonly terms: readonly Term[];
  /** Those of the terms that are neither linear nor quadratic nor kinked. */
  readonly curved: readonly Term[];
  readonly smooth: Smooth;
  readonly compiled: Compiled;
  readonly region: Region;
  readonly caps: readonly CurvedCap[];
}

type Descended =
  | {
      readonly kind: 'solved';
      readonly weights: Float64Array;
      /** Of the last model, whose multipliers are those of the problem. */
      readonly solution: QuadraticSolution;
      readonly more: readonly RegionRow[];
      readonly status: 'optimal' | 'limit';
      readonly iterations: number;
    }
  | { readonly kind: 'failed'; readonly solution: QuadraticSolution }
  | { readonly kind: 'capped' };

const mostModels = 200;

/**
 * Minimises with curved terms and caps by sequential quadratic programming: around the last weights
 * the terms get their second-order model and the caps their tangents, curvature of the caps entering
 * with their multipliers; a step is cut back until terms and broken caps together got less. All is
 * convex, so tangents never cut off what is allowed: where they leave nothing, nothing is allowed.
 * Near the end every step squares the error.
 *
 * **Source:** Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, ch. 18.
 */
export function descend(problem: Problem): Descended {
  const { compiled, smooth, region, terms, caps } = problem;
  const n = region.names.length;
  let solution = solveQuadratic(compiled.program(smooth.quadratic, smooth.linear));
  if (solution.status === 'unbounded') {
    // Something to start from: what is curved is what will bound it.
    const even = matrix(n, n);
    for (let i = 0; i < n; i++) even.data[i * (n + 1)] = 1;
    solution = solveQuadratic(compiled.program(even, new Float64Array(n)));
  }
  if (solution.status !== 'optimal') return { kind: 'failed', solution };
  let iterations = solution.iterations;
  let w = compiled.weights(solution.x);
  let multipliers = new Float64Array(caps.length);
  let penalty = 0;
  let last = Number.POSITIVE_INFINITY;
  let more: readonly RegionRow[] = [];
  for (let k = 0; k < mostModels; k++) {
    const model = modelAt(problem, w, multipliers);
    more = model.tangents;
    solution = solveQuadratic(compiled.program(model.quadratic, model.linear, more));
    iterations += solution.iterations;
    if (solution.status !== 'optimal') {
      return solution.status === 'infeasible' ? { kind: 'capped' } : { kind: 'failed', solution };
    }
    const first = compiled.rows.length;
    multipliers = Float64Array.from(caps, (_, i) => Math.max(0, -solution.rowDuals[first + i]));
    penalty = Math.max(penalty, 2 * Math.max(0, ...multipliers));
    const target = compiled.weights(solution.x);
    let length = 0;
    for (let i = 0; i < n; i++) length = Math.max(length, Math.abs(target[i] - w[i]));
    const merit = (at: Float64Array): number =>
      termsAt(terms, at, region.current) + penalty * broken(caps, at);
    const here = merit(w);
    const noise = 4e-16 * Math.max(Math.abs(here), 1e-3);
    if (length <= 1e-13 || (length <= 1e-10 && merit(target) >= here - noise)) {
      return { kind: 'solved', weights: target, solution, more, status: 'optimal', iterations };
    }
    const from = w;
    let step = 1;
    let next = target;
    const promised = model.at(w) - model.at(target) + penalty * broken(caps, w);
    while (merit(next) > here - 1e-4 * step * promised + noise && step > 1e-8) {
      // Steps that halve by themselves are converging, whatever rounding does to the merit.
      if (step === 1 && length < 0.5 * last && length < 1e-5) break;
      step /= 2;
      const part = step;
      next = target.map((value, i) => from[i] + part * (value - from[i]));
    }
    last = length;
    w = next;
  }
  return { kind: 'solved', weights: w, solution, more, status: 'limit', iterations };
}

function broken(caps: readonly CurvedCap[], w: Float64Array): number {
  return caps.reduce((sum, cap) => sum + Math.max(0, capAt(cap, w).value - cap.limit), 0);
}

/** ½ wᵀHw + hᵀw that is as the terms to second order around w, and the tangents of the caps. */
function modelAt(
  { terms, curved, smooth, region, caps }: Problem,
  w: Float64Array,
  multipliers: Float64Array,
) {
  const n = region.names.length;
  const quadratic = matrix(n, n);
  if (smooth.quadratic) quadratic.data.set(smooth.quadratic.data);
  const gradient = new Float64Array(n);
  const added = matrix(n, n);
  for (const term of curved) addCurved(term, w, region.current, gradient, added.data);
  const tangents = caps.map((cap, c): RegionRow => {
    const { value, gradient: slope } = capAt(cap, w);
    const factor = value > 0 ? multipliers[c] / value : 0;
    for (let k = 0; k < n * n; k++) added.data[k] += factor * cap.matrix.data[k];
    // The pull of the curvature must vanish at w: the multiplier's own gradient comes from the row.
    const at = w.reduce((sum, each, i) => sum + slope[i] * each, 0);
    return {
      name: cap.name,
      coefficients: slope,
      lower: Number.NEGATIVE_INFINITY,
      upper: cap.limit - value + at,
      unit: 'fraction',
    };
  });
  const pull = timesVector(added, w);
  for (let k = 0; k < n * n; k++) quadratic.data[k] += added.data[k];
  const linear = smooth.linear.map((c, i) => c + gradient[i] - pull[i]);
  const kinked = terms.filter(({ kind }) => kind === 'linear-cost' || kind === 'box');
  const at = (x: Float64Array): number =>
    0.5 * quadraticForm(quadratic, x) + dot(linear, x) + termsAt(kinked, x, region.current);
  return { quadratic, linear, tangents, at };
}

/** Adds the gradient and the second derivatives of a curved term at w. */
function addCurved(
  term: Term,
  w: Float64Array,
  current: Float64Array | null,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  const n = w.length;
  if (term.kind === 'impact') {
    for (let i = 0; i < n; i++) {
      const moved = w[i] - (current?.[i] ?? 0);
      const rate = term.scale * term.rates[i];
      gradient[i] += 1.5 * rate * Math.sign(moved) * Math.sqrt(Math.abs(moved));
      // The true curvature is infinite where nothing moves; this much keeps the model solvable.
      curvature[i * (n + 1)] += (0.75 * rate) / Math.sqrt(Math.max(Math.abs(moved), 1e-10));
    }
  }
  if (term.kind === 'ellipsoid') {
    const product = timesVector(term.matrix, w);
    const value = Math.sqrt(
      Math.max(
        0,
        w.reduce((sum, each, i) => sum + each * product[i], 0),
      ),
    );
    if (value === 0) return;
    for (let i = 0; i < n; i++) {
      const slope = product[i] / value;
      gradient[i] += term.scale * slope;
      for (let j = 0; j < n; j++) {
        curvature[i * n + j] +=
          (term.scale / value) * (term.matrix.data[i * n + j] - (slope * product[j]) / value);
      }
    }
  }
}
