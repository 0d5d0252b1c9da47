import { selectKth } from '@plimsoll/quant/statistics';
import { tailOf } from '../risk/tail-risk.ts';

/**
 * Mean of the greatest 1 − level of values, the boundary one by its fraction: (Σ of the greatest k +
 * (n α − k) × the next) ÷ n α with α = 1 − level and k = ⌊n α⌋.
 *
 * @param values Shape [n], not changed.
 * @returns NaN for no values. Cost about 3 n, without a full sort.
 *
 * **Source:** R. T. Rockafellar, S. Uryasev, Conditional value-at-risk for general loss distributions, 2002;
 * of drawdowns: A. Chekhlov, S. Uryasev, M. Zabarankin, Drawdown measure in portfolio optimization, 2005.
 */
export function meanOfGreatest(values: Float64Array, level: number): number {
  const n = values.length;
  const share = n * tailOf(level);
  const whole = Math.min(Math.floor(share + 1e-9), n - 1);
  const work = values.slice();
  const next = selectKth(work, n - 1 - whole);
  let total = Math.max(share - whole, 0) * next;
  for (let i = n - whole; i < n; i++) total += work[i];
  return total / share;
}

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
