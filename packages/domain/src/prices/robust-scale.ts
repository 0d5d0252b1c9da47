/** The middle value; of an even count the mean of the middle two; NaN of none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const upper = sorted.length >> 1;
  const high = sorted[upper] as number;
  return sorted.length % 2 === 1 ? high : (high + (sorted[upper - 1] as number)) / 2;
}

/** So many values tell a spread to a percent. */
const enough = 20_000;

/** Every k-th of many values, so that at least half of 20,000 are left; all of fewer. */
export function thinned(values: Float64Array): Float64Array {
  const step = Math.floor(values.length / enough);
  if (step < 2) return values;
  const some = new Float64Array(Math.ceil(values.length / step));
  for (let i = 0; i < some.length; i++) some[i] = values[i * step] as number;
  return some;
}

/** Of normal data, the standard deviation is this many median absolute deviations. */
const normalConsistency = 1.4826;

/**
 * A spread that outliers do not move: 1.4826 × the median of |x − median(x)|, which for normal data
 * is the standard deviation. 0 of fewer than two values.
 *
 * Source: Rousseeuw and Croux, Alternatives to the Median Absolute Deviation (1993), §1.
 */
export function robustScale(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = median(values);
  return normalConsistency * median(values.map((value) => Math.abs(value - middle)));
}
