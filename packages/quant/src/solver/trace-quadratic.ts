import { advance, along, noiseOf } from './along.ts';
import { firstStop, rest } from './first-stop.ts';
import { KktState } from './kkt-state.ts';
import { makeFeasible } from './make-feasible.ts';
import { minimise } from './minimise.ts';
import type { SolverStatus } from './problem.ts';
import type { QuadraticProgram, QuadraticSolution } from './quadratic-program.ts';
import { refine } from './refine.ts';
import { boundsCross, isStated, solutionOf, solveQuadratic, without } from './solve-quadratic.ts';

/** A stretch of the path on which the same limits hold, so that x is linear in the parameter. */
export interface Segment {
  readonly from: number;
  /** Infinity at the end of the path. */
  readonly to: number;
  /** x at `from`, shape [n]. Overwritten by the next segment: copy what is kept. */
  readonly x: Float64Array;
  /** ∂x/∂parameter, shape [n]; as `x`. */
  readonly slope: Float64Array;
}

export interface QuadraticPath {
  /** How the start of the path was solved; `optimal` as well where the path then was followed. */
  readonly status: SolverStatus;
  /** The solution where the path was left; with status `optimal` always there. */
  readonly end: QuadraticSolution;
  /** The parameter there. */
  readonly parameter: number;
}

/**
 * Follows the solution of minimise ½ zᵀQz + (c + λ d)ᵀx from λ = 0 upwards: exactly, one segment for
 * each change of what holds (Markowitz's critical line where d = −μ, with any rows and bounds and a
 * singular Q). `visit` is given each segment and answers where in it to stop, or null to go on.
 * The path ends by itself where nothing changes any more. Where many limits and gradients meet, as
 * with a singular Q that has many least points, and changes go in circles, the path is taken up again
 * from the solution a billionth further on (of the size of the gradients), and back from there; where
 * it takes a longer step to get free, the stretch is the chord between two solutions.
 *
 * Cost of a segment: (m + f)² + b·f for f free variables.
 *
 * **Source:** Markowitz, The optimization of a quadratic function subject to linear constraints,
 * 1956; Best, An algorithm for the solution of the parametric quadratic programming problem, 1996.
 *
 * @param direction d, shape [n].
 */
export function traceQuadratic(
  program: QuadraticProgram,
  direction: Float64Array,
  visit: (segment: Segment) => number | null,
): QuadraticPath {
  const failed = (status: SolverStatus): QuadraticPath => ({
    status,
    end: without(status, 0),
    parameter: 0,
  });
  if (!isStated(program) || !direction.every(Number.isFinite)) return failed('failed');
  if (boundsCross(program)) return failed('infeasible');
  const state = new KktState(program);
  const limit = 50 * state.total + 1000;
  const farkas = makeFeasible(state, limit);
  if (farkas !== null) return failed(farkas === 'limit' ? 'failed' : 'infeasible');
  const status = minimise(state, limit);
  if (status !== 'optimal') return failed(status);
  const { parameter, status: followed } = follow(state, direction, visit);
  if (followed === 'unbounded') return failed('unbounded');
  const linear = program.linear.map((c, j) => c + parameter * direction[j]);
  if (followed === 'between') {
    const end = solveQuadratic({ ...program, linear });
    return { status: end.status, end, parameter };
  }
  return {
    status: followed,
    end: solutionOf({ ...program, linear }, state, followed === 'optimal' ? 'optimal' : 'limit'),
    parameter,
  };
}

/** Changes in a row that led nowhere, after which a place is taken for one where they go in circles. */
const patience = 30;

interface Followed {
  /** `between` where it was left on a chord. */
  readonly status: 'optimal' | 'unbounded' | 'limit' | 'between';
  readonly parameter: number;
}

/** Where the present segment ends: a member reaches a bound, or a resting variable wants to move. */
interface Event {
  readonly length: number;
  readonly kind: 'bound' | 'joins' | 'none';
  /** Place among the members, or the variable that wants to move. */
  readonly at: number;
}

function follow(
  state: KktState,
  direction: Float64Array,
  visit: (segment: Segment) => number | null,
): Followed {
  const { n, total, x, reduced } = state;
  const slope = new Float64Array(total);
  const turn = new Float64Array(total);
  const speed = new Float64Array(state.m);
  const limit = state.iterations + 100 * total + 1000;
  let parameter = 0;
  let events = 0;
  let still = 0;
  let skip = 0;
  for (;;) {
    along(state, direction, slope, speed, turn);
    const noise = noiseOf(state, direction, slope);
    for (let j = 0; j < total; j++) if (Math.abs(slope[j]) <= noise.slope) slope[j] = 0;
    const event = nextEvent(state, slope, turn, noise);
    const to = parameter + event.length;
    const stop =
      event.length > 0
        ? visit({ from: parameter, to, x: x.subarray(0, n), slope: slope.subarray(0, n) })
        : null;
    const by = stop === null ? event.length : Math.min(Math.max(stop - parameter, 0), event.length);
    if (event.kind === 'none' && stop === null) {
      refine(state);
      state.price();
      return { status: 'optimal', parameter };
    }
    advance(state, direction, by, slope, speed);
    parameter += by;
    events += 1;
    still = by > 0 ? 0 : still + 1;
    if (by > 0) skip = 0;
    if (stop !== null || events % 16 === 0) {
      refine(state);
      state.price();
    } else for (let j = 0; j < total; j++) reduced[j] += by * turn[j];
    if (stop !== null) return { status: 'optimal', parameter };
    if (state.iterations > limit) return { status: 'limit', parameter };
    if (still > patience) {
      const least = 1e-9 * stepThatCounts(state, direction);
      skip = Math.max(4 * skip, least);
      const before = x.slice(0, n);
      if (!jump(state, direction, skip, limit)) return { status: 'limit', parameter };
      const gap = skip - backBy(state, direction, skip);
      const chord = before.map((value, j) => (x[j] - value) / gap);
      const between =
        gap > least
          ? visit({ from: parameter, to: parameter + gap, x: before, slope: chord })
          : null;
      if (between !== null) return { status: 'between', parameter: between };
      parameter += gap;
      still = 0;
    } else if (event.kind === 'bound') leave(state, event.at, slope);
    else if (!join(state, event.at, turn[event.at] < 0 ? 1 : -1)) {
      return { status: 'unbounded', parameter };
    }
  }
}

/** The change of the parameter that is as large as the gradients are; 0 where there is no direction. */
function stepThatCounts(state: KktState, direction: Float64Array): number {
  const largest = direction.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  return largest > 0 ? state.dualScale() / largest : 0;
}

/** Goes on by `by` with only bounds in view, and minimises afresh from there; whether that succeeded. */
function jump(state: KktState, direction: Float64Array, by: number, limit: number): boolean {
  let left = by;
  while (left > 0) {
    const { slope, speed, noise } = rates(state, direction);
    const { length, at, kind } = nextBound(state, slope, noise.slope);
    const step = Math.min(left, length);
    advance(state, direction, step, slope, speed);
    left -= step;
    if (kind === 'bound' && left > 0) leave(state, at, slope);
  }
  refine(state);
  if (minimise(state, limit) !== 'optimal') return false;
  state.price();
  return true;
}

/**
 * Goes back by `skip` if nothing changes on the way; answers how far. Beyond a place where many things
 * change at once the way back is mostly free, and the path has no gap.
 */
function backBy(state: KktState, direction: Float64Array, skip: number): number {
  const back = direction.map((d) => -d);
  const { slope, speed, turn, noise } = rates(state, back);
  // Short of it by what rounding makes of numbers that were all the same.
  if (nextEvent(state, slope, turn, noise).length < 0.999 * skip) return 0;
  advance(state, back, skip, slope, speed);
  refine(state);
  state.price();
  return skip;
}

function rates(state: KktState, direction: Float64Array) {
  const [slope, turn] = [new Float64Array(state.total), new Float64Array(state.total)];
  const speed = new Float64Array(state.m);
  along(state, direction, slope, speed, turn);
  const noise = noiseOf(state, direction, slope);
  for (let j = 0; j < slope.length; j++) if (Math.abs(slope[j]) <= noise.slope) slope[j] = 0;
  return { slope, turn, speed, noise };
}

/** The first member that reaches a bound. */
function nextBound(state: KktState, slope: Float64Array, noise: number): Event {
  const { basis, x, lower, upper } = state;
  let length = Number.POSITIVE_INFINITY;
  let kind: Event['kind'] = 'none';
  let at = -1;
  let pivot = 0;
  for (let f = 0; f < basis.count; f++) {
    const member = basis.members[f];
    const v = slope[member];
    // A member that the rows cannot do without does not move but by rounding.
    if (Math.abs(v) <= noise || !state.canLeave(f)) continue;
    const room = v > 0 ? upper[member] - x[member] : x[member] - lower[member];
    const until = Math.max(0, room) / Math.abs(v);
    if (until < length || (until === length && Math.abs(v) > pivot)) {
      length = until;
      kind = 'bound';
      at = f;
      pivot = Math.abs(v);
    }
  }
  return { length, kind, at };
}

function nextEvent(
  state: KktState,
  slope: Float64Array,
  turn: Float64Array,
  noise: { readonly slope: number; readonly turn: number },
): Event {
  const { x, lower, upper, reduced, total } = state;
  let { length, kind, at } = nextBound(state, slope, noise.slope);
  for (let j = 0; j < total; j++) {
    const v = turn[j];
    if (Math.abs(v) <= noise.turn || state.isFree(j) || lower[j] === upper[j]) continue;
    // At its lower bound a variable rests while its reduced gradient is not negative.
    const rests = v < 0 ? x[j] < upper[j] : x[j] > lower[j];
    if (!rests) continue;
    const until = Math.max(0, v < 0 ? reduced[j] : -reduced[j]) / Math.abs(v);
    if (until < length) {
      length = until;
      kind = 'joins';
      at = j;
    }
  }
  return { length, kind, at };
}

/** The member at `place` rests at the bound that its slope led to. */
function leave(state: KktState, place: number, slope: Float64Array): void {
  const { basis, x, lower, upper, reduced } = state;
  state.iterations += 1;
  const member = basis.members[place];
  x[member] = slope[member] > 0 ? upper[member] : lower[member];
  state.remove(place);
  reduced[member] = 0;
}

/** The resting variable j becomes free, or moves on without curvature until something stops it. */
function join(state: KktState, j: number, way: 1 | -1): boolean {
  const moved = comeIn(state, j, way);
  state.price();
  return moved;
}

function comeIn(state: KktState, j: number, way: 1 | -1): boolean {
  const { x, lower, upper } = state;
  for (;;) {
    state.iterations += 1;
    const sigma = state.direction(j);
    if (sigma > 0) {
      state.add(j, sigma);
      return true;
    }
    const { place, step } = firstStop(state, j, way, Number.POSITIVE_INFINITY);
    if (step === Number.POSITIVE_INFINITY) return false;
    state.move(j, way * step);
    if (typeof place !== 'number') {
      x[j] = way > 0 ? upper[j] : lower[j];
      return true;
    }
    rest(state, place, way);
    if (!state.canLeave(place)) {
      state.exchange(place, j, sigma);
      return true;
    }
    state.remove(place);
  }
}
