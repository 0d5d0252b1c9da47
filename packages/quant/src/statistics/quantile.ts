import { selectKth } from './select-kth.ts';

/** The nine definitions of Hyndman and Fan. 7 is that of Excel, NumPy, pandas and R by default. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Slack for n × p that is a whole number but for rounding, as R has it. */
const fuzz = 4 * Number.EPSILON;

/**
 * The p-quantile of values in any order.
 *
 * @param x Shape [n], without NaN; not changed.
 * @param p A share from 0 to 1.
 * @param type Of Hyndman and Fan; 7 unless said.
 * @returns NaN for no values. Cost about 3 n, without a full sort.
 *
 * **Source:** R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, 1996.
 */
export function quantile(x: Float64Array, p: number, type: QuantileType = 7): number {
  if (x.length === 0) return Number.NaN;
  const { low, weight } = quantilePlace(x.length, p, type);
  const work = x.slice();
  const below = selectKth(work, low);
  if (weight === 0) return below;
  // All that stand after the chosen place are at least as large; the least of them is the next.
  let next = Number.POSITIVE_INFINITY;
  for (let i = low + 1; i < work.length; i++) if (work[i] < next) next = work[i];
  return between(below, next, weight);
}

/**
 * The p-quantile of ascending values; see `quantile`.
 *
 * @param sorted Shape [n], ascending.
 * @returns NaN for no values. Cost constant.
 */
export function quantileSorted(sorted: Float64Array, p: number, type: QuantileType = 7): number {
  if (sorted.length === 0) return Number.NaN;
  const { low, weight } = quantilePlace(sorted.length, p, type);
  return weight === 0 ? sorted[low] : between(sorted[low], sorted[low + 1], weight);
}

/** The middle value, or the mean of the two in the middle. NaN for no values. */
export const median = (x: Float64Array): number => quantile(x, 0.5);

/**
 * Median of |x − median(x)|. Times 1.4826 it estimates the standard deviation of normal values.
 *
 * @param x Shape [n].
 * @returns in the unit of x; NaN for no values.
 *
 * **Source:** F. R. Hampel, The influence curve and its role in robust estimation, 1974.
 */
export function medianAbsoluteDeviation(x: Float64Array): number {
  const middle = median(x);
  return median(x.map((each) => Math.abs(each - middle)));
}

const between = (a: number, b: number, weight: number): number =>
  weight < 0.5 ? a + (b - a) * weight : b - (b - a) * (1 - weight);

/** Which of the ordered values, counted from 0, and how far towards the next. */
function quantilePlace(n: number, p: number, type: QuantileType): { low: number; weight: number } {
  const { whole, weight } = type <= 3 ? stepPlace(n, p, type) : linePlace(n, p, type);
  if (whole < 1) return { low: 0, weight: 0 };
  if (whole >= n) return { low: n - 1, weight: 0 };
  return { low: whole - 1, weight };
}

/** Types 1 to 3 jump from value to value. */
function stepPlace(n: number, p: number, type: QuantileType): { whole: number; weight: number } {
  const at = n * p - (type === 3 ? 0.5 : 0);
  const whole = Math.floor(at + fuzz);
  const beyond = at > whole + fuzz;
  if (type === 1) return { whole, weight: beyond ? 1 : 0 };
  if (type === 2) return { whole, weight: beyond ? 1 : 0.5 };
  return { whole, weight: beyond || whole % 2 !== 0 ? 1 : 0 };
}

const alphas: Readonly<Record<number, readonly [number, number]>> = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
};

/** Types 4 to 9 go along a straight line between values. */
function linePlace(n: number, p: number, type: QuantileType): { whole: number; weight: number } {
  const [a, b] = alphas[type];
  const at = type === 7 ? 1 + (n - 1) * p : a + p * (n + 1 - a - b);
  const whole = Math.floor(at + fuzz);
  const weight = at - whole;
  return { whole, weight: Math.abs(weight) < fuzz ? 0 : weight };
}
