/**
 * What one unit of money becomes: W(t) = Π (1 + r(s)) for s ≤ t.
 *
 * @param returns Simple returns, shape [n], each ≥ −1.
 * @returns shape [n]; the start, W = 1, is not in it. Empty for no returns. Cost n.
 *
 * **Source:** C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, ch. 2.
 */
export function wealthOf(returns: Float64Array): Float64Array {
  const wealth = new Float64Array(returns.length);
  let level = 1;
  for (let t = 0; t < returns.length; t++) {
    level *= 1 + returns[t];
    wealth[t] = level;
  }
  return wealth;
}

/** Π (1 + r) − 1 over the places `from` included to `until` excluded; 0 where there are none. */
export function compounded(returns: Float64Array, from = 0, until = returns.length): number {
  let level = 1;
  for (let t = from; t < until; t++) level *= 1 + returns[t];
  return level - 1;
}
