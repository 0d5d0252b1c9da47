import type { Matrix } from '../linear-algebra/matrix.ts';

/** Features as numbers of bins, column by column, for trees to be grown on. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly features: number;
  /**
   * Bin of each value, column-major: shape [features × rows]. Bins ascend with the values; a missing
   * value has the number of bins of its feature.
   */
  readonly codes: Uint16Array;
  /** For each feature the least value of each bin, and the greatest. */
  readonly least: readonly Float64Array[];
  readonly greatest: readonly Float64Array[];
}

/** The most bins that codes can tell apart. */
const mostBins = 65_000;

/**
 * Puts the values of each feature into at most so many bins of about equal numbers of rows. Equal
 * values share a bin; where there are no more distinct values than bins, each has its own, and trees
 * grown on them are those of exact search.
 *
 * @param x Shape [rows × features]; NaN is missing, infinite values must not occur.
 * @param bins From 2 to 65,000.
 *
 * Cost: a sort of each feature.
 */
export function binFeatures(x: Matrix, bins: number): BinnedFeatures {
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= mostBins)) {
    throw new RangeError(`There must be 2 to ${mostBins} bins, got ${bins}.`);
  }
  const { rows, columns, data } = x;
  const codes = new Uint16Array(rows * columns);
  const least: Float64Array[] = [];
  const greatest: Float64Array[] = [];
  const column = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    let known = 0;
    for (let i = 0; i < rows; i++) {
      const value = data[i * columns + j];
      // −0 and 0 are one value.
      if (!Number.isNaN(value)) column[known++] = value + 0;
    }
    const { from, to } = edgesOf(column.slice(0, known).sort(), bins);
    least.push(from);
    greatest.push(to);
    for (let i = 0; i < rows; i++) {
      const value = data[i * columns + j];
      codes[j * rows + i] = Number.isNaN(value) ? from.length : lastAtMost(from, value);
    }
  }
  return { rows, features: columns, codes, least, greatest };
}

/** First and last value of each bin of ascending values. */
function edgesOf(
  values: Float64Array,
  bins: number,
): { readonly from: Float64Array; readonly to: Float64Array } {
  const from: number[] = [];
  const to: number[] = [];
  let distinct = 0;
  for (let i = 0; i < values.length; i++) {
    if (i === 0 || values[i] !== values[i - 1]) distinct += 1;
  }
  let held = 0;
  let left = values.length;
  for (let i = 0; i < values.length; ) {
    let next = i + 1;
    while (next < values.length && values[next] === values[i]) next += 1;
    if (held === 0) from.push(values[i]);
    held += next - i;
    // What is left is spread over the bins that are left, so that a value that fills a bin alone
    // does not starve the others.
    const open = bins - from.length;
    const full = distinct <= bins || (open > 0 && held >= left / (open + 1));
    if (full || next === values.length) {
      to.push(values[i]);
      left -= held;
      held = 0;
    }
    i = next;
  }
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

/** Place of the last of ascending numbers that is not above a value; the first is not. */
function lastAtMost(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A number that parts two bins: greater than all of the lower one, not above any of the upper. */
export function between(greatestBelow: number, leastAbove: number): number {
  const middle = greatestBelow + (leastAbove - greatestBelow) / 2;
  return middle > greatestBelow ? middle : leastAbove;
}
