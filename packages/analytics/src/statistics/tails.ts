import { sorted } from '@plimsoll/quant/statistics';
import { sortedTail } from '../risk/historical.ts';

/** Mean of the greatest 1 − level of values that ascend, the boundary one by its fraction; see `sortedTail`. */
export function meanOfGreatest(ascending: Float64Array, level: number): number {
  const n = ascending.length;
  const mirrored = new Float64Array(n);
  for (let i = 0; i < n; i++) mirrored[i] = -ascending[n - 1 - i];
  return sortedTail(mirrored, level).cvar;
}

/**
 * Mean of the deepest 1 − level of the drawdowns.
 *
 * @param depths d(t) ≥ 0, shape [n].
 *
 * **Source:** A. Chekhlov, S. Uryasev, M. Zabarankin, Drawdown measure in portfolio optimization, 2005.
 */
export const conditionalDrawdown = (depths: Float64Array, level: number): number =>
  meanOfGreatest(sorted(depths), level);

/** Sample deviation of the negative returns; NaN where there are fewer than two. */
export function lossDeviation(returns: Float64Array, losses: number, lost: number): number {
  if (losses < 2) return Number.NaN;
  const mean = -lost / losses;
  let squares = 0;
  for (let t = 0; t < returns.length; t++) {
    if (returns[t] < 0) squares += (returns[t] - mean) * (returns[t] - mean);
  }
  return Math.sqrt(squares / (losses - 1));
}
