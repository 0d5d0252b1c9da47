/**
 * Indices of a longest strictly rising subsequence: what stays when as few entries as possible are
 * taken out. Of equal entries the first stays.
 *
 * Cost: n · log₂ n comparisons; n steps where all rise already.
 * Source: Fredman, On computing the length of longest increasing subsequences (1975).
 */
export function longestRise(values: ArrayLike<number>): number[] {
  const tails: number[] = [];
  const previous = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const place = placeOf(values, tails, value);
    previous[i] = place === 0 ? -1 : (tails[place - 1] as number);
    if (place === tails.length || value < (values[tails[place] as number] as number)) {
      tails[place] = i;
    }
  }
  const rise: number[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] as number) rise.push(i);
  return rise.reverse();
}

/** How many tails are below the value. */
function placeOf(values: ArrayLike<number>, tails: readonly number[], value: number): number {
  const tailAt = (place: number): number => values[tails[place] as number] as number;
  if (tails.length === 0 || tailAt(tails.length - 1) < value) return tails.length;
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tailAt(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
