import type { Stop } from './first-stop.ts';
import type { KktState } from './kkt-state.ts';

/** A multiplier of each row whose weighted sum no allowed x can meet, shape [m]. */
export type Farkas = Float64Array;

/**
 * Brings a vertex inside of its bounds by the simplex method on the sum of what is outside, with the
 * same basis that minimises afterwards. Answers null once there, or else the multipliers that prove
 * that no x is.
 *
 * **Source:** the composite first phase as in Maros, Computational Techniques of the Simplex Method,
 * 2003, ch. 9.
 */
export function makeFeasible(state: KktState, limit: number): Farkas | null | 'limit' {
  const { m, basis, x, lower, upper } = state;
  const pays = new Float64Array(state.total);
  let still = 0;
  for (;;) {
    const tolerance = state.primalTolerance();
    const outside = gradientOfOutside(state, tolerance);
    if (!outside) {
      for (let f = 0; f < basis.count; f++) {
        const member = basis.members[f];
        x[member] = Math.min(Math.max(x[member], lower[member]), upper[member]);
      }
      return null;
    }
    if (state.iterations >= limit) return 'limit';
    const y = state.w.slice(0, m);
    state.rowsTransposed(y, pays);
    const j = entering(state, pays, still > 60);
    if (j < 0) return y;
    const way = pays[j] > 0 ? 1 : -1;
    state.iterations += 1;
    const sigma = state.direction(j);
    const { place, step } = firstStopOutside(state, j, way, tolerance);
    const leaves = typeof place === 'number' ? basis.members[place] : j;
    const speed = leaves === j ? way : -way * state.w[m + (place as number)];
    const bound = stopsAt(x[leaves], lower[leaves], upper[leaves], speed, tolerance);
    still = step > 0 ? 0 : still + 1;
    state.move(j, way * step);
    x[leaves] = bound;
    if (typeof place === 'number') state.exchange(place, j, sigma);
  }
}

/** w = H (0, ∂outside/∂x_F), of which the rows' part are the multipliers; false where all are inside. */
function gradientOfOutside(state: KktState, tolerance: number): boolean {
  const { m, basis, x, lower, upper } = state;
  const b = state.scratch();
  let any = false;
  for (let i = 0; i < m; i++) b[i] = 0;
  for (let f = 0; f < basis.count; f++) {
    const member = basis.members[f];
    const value = x[member];
    b[m + f] = value < lower[member] - tolerance ? -1 : value > upper[member] + tolerance ? 1 : 0;
    any ||= b[m + f] !== 0;
  }
  if (any) basis.times(b, state.w);
  return any;
}

function entering(state: KktState, pays: Float64Array, first: boolean): number {
  const { total, x, lower, upper } = state;
  let best = -1;
  let most = 1e-11;
  for (let j = 0; j < total; j++) {
    const size = Math.abs(pays[j]);
    if (size <= most || state.isFree(j)) continue;
    if (pays[j] > 0 ? x[j] < upper[j] : x[j] > lower[j]) {
      if (first) return j;
      best = j;
      most = size;
    }
  }
  return best;
}

/** Like `firstStop`, where a member that is outside stops only at the bound that it comes back to. */
function firstStopOutside(state: KktState, j: number, way: 1 | -1, tolerance: number): Stop {
  const { m, basis, x, lower, upper, w } = state;
  let step = way > 0 ? upper[j] - x[j] : x[j] - lower[j];
  let place: Stop['place'] = 'own';
  let pivot = 0;
  for (let f = 0; f < basis.count; f++) {
    const speed = -way * w[m + f];
    const size = Math.abs(speed);
    if (size < 1e-11) continue;
    const member = basis.members[f];
    const bound = stopsAt(x[member], lower[member], upper[member], speed, tolerance);
    const until = Math.max(0, (bound - x[member]) / speed);
    if (until < step - 1e-15 || (until <= step + 1e-15 && size > pivot)) {
      if (until < step) step = until;
      place = f;
      pivot = size;
    }
  }
  return { place, step };
}

function stopsAt(x: number, lower: number, upper: number, speed: number, tolerance: number) {
  if (speed > 0) return x < lower - tolerance ? lower : x > upper + tolerance ? Infinity : upper;
  return x > upper + tolerance ? upper : x < lower - tolerance ? -Infinity : lower;
}
