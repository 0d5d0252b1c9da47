/**
 * Kendall's rank correlation τ_b: how much more often two pairs are in the same order than not,
 *
 *   τ_b = (C − D) ÷ √((n₀ − n₁)(n₀ − n₂)),  n₀ = n(n − 1)/2, n₁ and n₂ the pairs tied in x and in y
 *
 * @param x Shape [n], without NaN; not changed.
 * @param y Shape [n].
 * @param order Places of x from the lowest on, `ascendingOrder(x)`: worth keeping where x meets
 *   many others.
 * @returns from −1 to 1; NaN where all of x or all of y are equal, or n < 2. Cost n log n.
 *
 * **Source:** W. Knight, A computer method for calculating Kendall's tau with ungrouped data, 1966.
 */
export function kendallTau(
  x: Float64Array,
  y: Float64Array,
  order: Uint32Array = ascendingOrder(x),
): number {
  const n = x.length;
  const ordered = new Float64Array(n);
  for (let i = 0; i < n; i++) ordered[i] = y[order[i]];
  let tiedBoth = 0;
  let tiedX = 0;
  for (let from = 0; from < n; ) {
    let until = from + 1;
    while (until < n && x[order[until]] === x[order[from]]) until += 1;
    if (until - from > 1) {
      // Within a tie of x no order of y counts as a swap.
      const tie = ordered.subarray(from, until).sort();
      tiedX += pairsOf(tie.length);
      tiedBoth += tiedPairs(tie);
    }
    from = until;
  }
  const swaps = sortCountingSwaps(ordered);
  const tiedY = tiedPairs(ordered);
  // C − D = n₀ − n₁ − n₂ + n₁₂ − 2D, with D the swaps that sort y within the order of x.
  const pairs = pairsOf(n);
  const concordantLess = pairs - tiedX - tiedY + tiedBoth - 2 * swaps;
  return concordantLess / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
}

/** Places of the values from the lowest on, shape [n]. */
export const ascendingOrder = (x: Float64Array): Uint32Array =>
  Uint32Array.from(x.keys()).sort((a, b) => x[a] - x[b]);

/** Pairs of equal values among ascending ones. */
function tiedPairs(sorted: Float64Array): number {
  let pairs = 0;
  for (let from = 0; from < sorted.length; ) {
    let until = from + 1;
    while (until < sorted.length && sorted[until] === sorted[from]) until += 1;
    pairs += pairsOf(until - from);
    from = until;
  }
  return pairs;
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
