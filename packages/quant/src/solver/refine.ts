import { inverse } from '../linear-algebra/lu.ts';
import { matrix } from '../linear-algebra/matrix.ts';
import type { KktState } from './kkt-state.ts';

/**
 * Brings the free variables and the multipliers to where rows and stationarity hold to rounding.
 * Where H has gone too far from the inverse for that, it is made anew.
 */
export function refine(state: KktState): void {
  let error = residualOf(state);
  for (let i = 0; i < 4 && error > 4e-16; i++) {
    correct(state);
    const next = residualOf(state);
    if (next > 0.25 * error) break;
    error = next;
  }
  if (residualOf(state) <= 1e-12 || !rebuild(state)) return;
  for (let i = 0; i < 3 && residualOf(state) > 4e-16; i++) correct(state);
  state.freshProduct();
}

/** What rows and stationarity are off by, into the scratch; its size beside what it is a sum of. */
function residualOf(state: KktState): number {
  const { m, n, basis, x } = state;
  state.freshProduct();
  const b = state.scratch();
  let primal = 0;
  let dual = 0;
  for (let i = 0; i < m; i++) {
    b[i] = state.rowTimes(i, x) - x[n + i];
    primal = Math.max(primal, Math.abs(b[i]));
  }
  for (let f = 0; f < basis.count; f++) {
    const member = basis.members[f];
    const residual = state.imbalance(member);
    b[m + f] = residual;
    dual = Math.max(dual, Math.abs(residual));
  }
  const scale = state.dualScale();
  return Math.max(primal, scale > 0 ? dual / scale : 0);
}

/** Takes from x and y what the residual in the scratch says that they are off by. */
function correct(state: KktState): void {
  const { m, basis, x, y, w } = state;
  basis.times(state.scratch(), w);
  for (let i = 0; i < m; i++) y[i] += w[i];
  for (let f = 0; f < basis.count; f++) x[basis.members[f]] -= w[m + f];
}

/** H from a factorisation of K; false where K is singular to working precision. */
function rebuild(state: KktState): boolean {
  const { basis, m } = state;
  const { size } = basis;
  const k = matrix(size, size);
  const members = Array.from(basis.members.subarray(0, basis.count));
  members.forEach((member, f) => {
    const b = state.column(member);
    for (let i = 0; i < size; i++) {
      k.data[i * size + m + f] = b[i];
      k.data[(m + f) * size + i] = b[i];
    }
  });
  const inverted = inverse(k);
  if (!inverted) return false;
  basis.rebuild(members, inverted.data);
  return true;
}
