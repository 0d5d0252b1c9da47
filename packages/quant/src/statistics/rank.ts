/**
 * Ranks from 1 to n, ascending; values alike share the mean of their ranks.
 *
 * @param x Shape [n], without NaN; not changed.
 * @returns shape [n]. Cost n log n.
 *
 * **Source:** M. G. Kendall, The treatment of ties in ranking problems, 1945.
 */
export function rank(x: Float64Array): Float64Array {
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
  const ranks = new Float64Array(x.length);
  for (let from = 0; from < order.length; ) {
    let until = from + 1;
    while (until < order.length && x[order[until]] === x[order[from]]) until++;
    for (let i = from; i < until; i++) ranks[order[i]] = (from + until + 1) / 2;
    from = until;
  }
  return ranks;
}
