import type { KktState } from './kkt-state.ts';

/** Where a move ends: at a bound of the one that moves, of the member at a place, or in full. */
export interface Stop {
  readonly place: number | 'own' | 'full';
  readonly step: number;
}

/**
 * How far j can go the way it is going, ±1, when the members follow by −way · w: to its own bound, to
 * the first bound of a member, or `full` far, whichever comes first. Of members that stop at the same
 * place the one that moves fastest is taken, which keeps the basis regular.
 */
export function firstStop(state: KktState, j: number, way: 1 | -1, full: number): Stop {
  const { m, basis, x, lower, upper, w } = state;
  const own = way > 0 ? upper[j] - x[j] : x[j] - lower[j];
  let step = full;
  let place: number | 'own' | 'full' = 'full';
  if (own <= step) {
    step = own;
    place = 'own';
  }
  let pivot = 0;
  for (let f = 0; f < basis.count; f++) {
    const speed = -way * w[m + f];
    const size = Math.abs(speed);
    if (size < 1e-11) continue;
    const member = basis.members[f];
    const room = speed > 0 ? upper[member] - x[member] : x[member] - lower[member];
    const until = Math.max(0, room) / size;
    if (until < step - 1e-15 || (until <= step + 1e-15 && size > pivot && place !== 'full')) {
      if (until < step) step = until;
      place = f;
      pivot = size;
    }
  }
  return { place, step };
}

/** Puts the member at `place` exactly on the bound that it ran into when j moved by `way`. */
export function rest(state: KktState, place: number, way: 1 | -1): void {
  const { m, basis, x, lower, upper, w } = state;
  const member = basis.members[place];
  x[member] = way * w[m + place] > 0 ? lower[member] : upper[member];
}
