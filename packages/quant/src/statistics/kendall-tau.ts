/**
 * Kendall's rank correlation τ_b: how much more often two pairs are in the same order than not,
 *
 *   τ_b = (C − D) ÷ √((n₀ − n₁)(n₀ − n₂)),  n₀ = n(n − 1)/2, n₁ and n₂ the pairs tied in x and in y
 *
 * @param x Shape [n], without NaN; not changed.
 * @param y Shape [n].
 * @returns from −1 to 1; NaN where all of x or all of y are equal, or n < 2. Cost n log n.
 *
 * **Source:** W. Knight, A computer method for calculating Kendall's tau with ungrouped data, 1966.
 */
export function kendallTau(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  const ordered = Float64Array.from(order, (at) => y[at]);
  const pairs = (n * (n - 1)) / 2;
  let tiedBoth = 0;
  let tiedX = 0;
  for (let from = 0; from < n; ) {
    let until = from + 1;
    while (until < n && x[order[until]] === x[order[from]]) until += 1;
    tiedX += pairsOf(until - from);
    for (let start = from; start < until; ) {
      let end = start + 1;
      while (end < until && ordered[end] === ordered[start]) end += 1;
      tiedBoth += pairsOf(end - start);
      start = end;
    }
    from = until;
  }
  const swaps = sortCountingSwaps(ordered);
  let tiedY = 0;
  for (let from = 0; from < n; ) {
    let until = from + 1;
    while (until < n && ordered[until] === ordered[from]) until += 1;
    tiedY += pairsOf(until - from);
    from = until;
  }
  // C − D = n₀ − n₁ − n₂ + n₁₂ − 2D, with D the swaps that sort y within the order of x.
  const concordantLess = pairs - tiedX - tiedY + tiedBoth - 2 * swaps;
  return concordantLess / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

/** Merge sort from the bottom; each value that passes k others on its way counts k. */
function sortCountingSwaps(values: Float64Array): number {
  const n = values.length;
  let from: Float64Array = values;
  let into: Float64Array = new Float64Array(n);
  let swaps = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let low = 0; low < n; low += 2 * width) {
      const middle = Math.min(low + width, n);
      const high = Math.min(low + 2 * width, n);
      let a = low;
      let b = middle;
      for (let at = low; at < high; at++) {
        if (a < middle && (b >= high || from[a] <= from[b])) {
          into[at] = from[a++];
        } else {
          swaps += middle - a;
          into[at] = from[b++];
        }
      }
    }
    [from, into] = [into, from];
  }
  if (from !== values) values.set(from);
  return swaps;
}
