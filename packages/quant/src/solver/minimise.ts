import { firstStop, rest } from './first-stop.ts';
import type { KktState } from './kkt-state.ts';
import { refine } from './refine.ts';

/** Steps that move nothing, after which the first that pays is taken instead of the best. */
const patience = 60;

/**
 * Minimises from a feasible vertex by the primal active-set method: the variable whose move pays most
 * moves until nothing more is won, and whatever runs into a bound on the way rests there. Where many
 * steps move nothing, Bland's rule ends the circle.
 */
export function minimise(state: KktState, limit: number): 'optimal' | 'unbounded' | 'limit' {
  state.stationaryMultipliers();
  let refined = false;
  let still = 0;
  for (;;) {
    state.price();
    const j = entering(state, state.dualTolerance(), still > patience);
    if (j < 0) {
      if (refined) return 'optimal';
      refine(state);
      refined = true;
      continue;
    }
    if (state.iterations >= limit) return 'limit';
    const moved = enter(state, j, state.reduced[j] < 0 ? 1 : -1);
    if (moved === Number.POSITIVE_INFINITY) return 'unbounded';
    still = moved > 0 ? 0 : still + 1;
    refined = false;
  }
}

/** The resting variable whose move pays most, or the first that pays; −1 where none does. */
function entering(state: KktState, tolerance: number, first: boolean): number {
  const { reduced, x, lower, upper, total } = state;
  let best = -1;
  let most = tolerance;
  for (let j = 0; j < total; j++) {
    const r = reduced[j];
    const size = Math.abs(r);
    if (size <= most || state.isFree(j)) continue;
    if (r < 0 ? x[j] < upper[j] : x[j] > lower[j]) {
      if (first) return j;
      best = j;
      most = size;
    }
  }
  return best;
}

/**
 * Moves j until its reduced gradient is gone, through as many bounds of others as are in the way.
 * Answers how far it went, Infinity where nothing stopped it.
 */
function enter(state: KktState, j: number, way: 1 | -1): number {
  const { reduced, x, lower, upper } = state;
  let moved = 0;
  for (;;) {
    state.iterations += 1;
    const sigma = state.direction(j);
    const full = sigma > 0 ? Math.abs(reduced[j]) / sigma : Number.POSITIVE_INFINITY;
    const { place, step } = firstStop(state, j, way, full);
    if (step === Number.POSITIVE_INFINITY) return step;
    moved += step;
    state.move(j, way * step);
    reduced[j] += way * step * sigma;
    if (place === 'full') {
      state.add(j, sigma);
      return moved;
    }
    if (place === 'own') {
      x[j] = way > 0 ? upper[j] : lower[j];
      return moved;
    }
    rest(state, place, way);
    if (state.canLeave(place)) state.remove(place);
    else {
      state.exchange(place, j, sigma);
      return moved;
    }
  }
}
