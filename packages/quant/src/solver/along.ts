import type { KktState } from './kkt-state.ts';

/**
 * How everything changes with λ in a cost c + λ d while F stays: `slope` of x (shape [total]), `speed`
 * of y (shape [m]) and `turn` of the reduced gradients (shape [total]).
 */
export function along(
  state: KktState,
  d: Float64Array,
  slope: Float64Array,
  speed: Float64Array,
  turn: Float64Array,
): void {
  const { n, m, basis } = state;
  const b = state.scratch();
  b.fill(0, 0, m);
  for (let f = 0; f < basis.count; f++) {
    const member = basis.members[f];
    b[m + f] = member < n ? d[member] : 0;
  }
  basis.times(b, state.w);
  slope.fill(0);
  for (let f = 0; f < basis.count; f++) slope[basis.members[f]] = -state.w[m + f];
  for (let i = 0; i < m; i++) speed[i] = state.w[i];
  for (let f = 0; f < basis.count; f++)
    state.quadratic.touch(basis.members[f], slope[basis.members[f]]);
  state.slopeOfProduct.fill(0);
  state.quadratic.applyTouched(state.slopeOfProduct);
  state.reduce(state.slopeOfProduct, d, speed, turn);
}

/** How small a slope of x, and a turn of a reduced gradient, is no more than rounding. */
export function noiseOf(
  state: KktState,
  d: Float64Array,
  slope: Float64Array,
): { readonly slope: number; readonly turn: number } {
  const { basis } = state;
  let largest = 0;
  for (let j = 0; j < state.n; j++) largest = Math.max(largest, Math.abs(d[j]));
  let softest = state.quadratic.curvature > 0 ? 1 / state.quadratic.curvature : 0;
  let fastest = 0;
  for (let f = 0; f < basis.count; f++) {
    softest = Math.max(softest, basis.diagonal(f));
    fastest = Math.max(fastest, Math.abs(slope[basis.members[f]]));
  }
  return {
    slope:
      basis.count <= state.m
        ? Number.POSITIVE_INFINITY
        : Math.max(1e-11 * fastest, 1e-14 * softest * largest),
    turn: 1e-13 * (largest + state.quadratic.curvature * fastest),
  };
}

/** Moves λ by `by` along what `along` answered. */
export function advance(
  state: KktState,
  d: Float64Array,
  by: number,
  slope: Float64Array,
  speed: Float64Array,
): void {
  const { n, m, basis, x, y, qz } = state;
  for (let f = 0; f < basis.count; f++) {
    const member = basis.members[f];
    x[member] += by * slope[member];
  }
  for (let i = 0; i < m; i++) y[i] += by * speed[i];
  for (let i = 0; i < qz.length; i++) qz[i] += by * state.slopeOfProduct[i];
  for (let j = 0; j < n; j++) state.cost[j] += by * d[j];
}
