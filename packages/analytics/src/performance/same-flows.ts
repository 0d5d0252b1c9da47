import type { ValueColumns } from './daily-returns.ts';

/**
 * What the same money would be worth in something else: the start value and every inflow buys it at
 * the start of the day (at the close before), every outflow sells it at the day's close.
 *
 *   W(t) = (W(t−1) + I(t)) × P(t) ÷ P(t−1) − O(t)
 *
 * @param flows Start value, I and O of the portfolio; its V is not used.
 * @param price Total-return level of the benchmark in the same currency, shape [days]; NaN where
 *   unknown.
 * @param priceBefore Its level before the first day; NaN where unknown.
 * @param out Receives W, shape [days]. NaN until the benchmark is known; money that came before
 *   then buys it on its first day.
 * @returns the last W; NaN where the benchmark never was known.
 */
export function sameFlows(
  flows: Omit<ValueColumns, 'value'>,
  price: Float64Array,
  priceBefore: number,
  out: Float64Array,
): number {
  let worth = flows.startValue;
  let before = priceBefore;
  let last = Number.NaN;
  for (let t = 0; t < out.length; t++) {
    const now = price[t] ?? Number.NaN;
    const known = now > 0;
    const growth = known && before > 0 ? now / before : 1;
    worth = (worth + (flows.inflow[t] ?? 0)) * growth - (flows.outflow[t] ?? 0);
    out[t] = known ? worth : Number.NaN;
    if (known) {
      before = now;
      last = worth;
    }
  }
  return last;
}
