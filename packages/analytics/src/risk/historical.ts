import { ok, type Result } from '@plimsoll/kernel';
import { type QuantileType, quantileSorted } from '@plimsoll/quant/statistics';
import { type TailRisk, tailOf, whyNoTail } from './tail-risk.ts';

/** A sample quantile: a type of Hyndman and Fan, or NumPy's neighbours of type 7. */
export type QuantileRule = QuantileType | 'lower' | 'higher';

/** Which observations are averaged for CVaR; see `tailMean`. */
export type TailMeanRule = 'exact-share' | 'at-or-beyond' | 'beyond' | 'floor-count';

export interface HistoricalOptions {
  /** 7 if not given. */
  readonly quantile?: QuantileRule;
  /** `exact-share` if not given. */
  readonly tailMean?: TailMeanRule;
}

/**
 * Historical simulation: VaR = −q(1 − level) of the returns themselves, each as likely as any
 * other, and CVaR the mean of the worst ones.
 *
 * @param returns Simple returns, shape [n], finite, in any order; not changed.
 * @param level 0.95 for 95 %.
 * @returns positive losses; refused for no returns.
 *
 * The default CVaR takes exactly the share 1 − level, with a fraction of the boundary observation,
 * which makes it coherent and equal to what a minimum-CVaR optimiser minimises. empyrical takes
 * `floor-count`, PerformanceAnalytics and QuantStats the mean `at-or-beyond` or `beyond` the VaR.
 *
 * **Source:** P. Jorion, Value at Risk, 2007; R. T. Rockafellar, S. Uryasev, Conditional
 * value-at-risk for general loss distributions, 2002.
 */
export function historicalTail(
  returns: Float64Array,
  level: number,
  options: HistoricalOptions = {},
): Result<TailRisk> {
  return whyNoTail(returns.length, level, 1) ?? ok(sortedTail(returns.toSorted(), level, options));
}

/** `historicalTail` of returns that already ascend; NaN for none. */
export function sortedTail(
  sorted: Float64Array,
  level: number,
  { quantile = 7, tailMean: rule = 'exact-share' }: HistoricalOptions = {},
): TailRisk {
  const tail = tailOf(level);
  const boundary = ruledQuantile(sorted, tail, quantile);
  return { valueAtRisk: -boundary, cvar: -tailMean(sorted, tail, boundary, rule) };
}

function ruledQuantile(sorted: Float64Array, tail: number, rule: QuantileRule): number {
  const place = (sorted.length - 1) * tail;
  if (rule === 'lower') return sorted[Math.floor(place)];
  if (rule === 'higher') return sorted[Math.ceil(place)];
  return quantileSorted(sorted, tail, rule);
}

/**
 * The mean of the worst returns.
 *
 * - `exact-share`: of the worst n × tail, the last by its fraction: (Σ_{i<k} x_i + (nα − k) x_k) ÷ nα
 *   with k = ⌊nα⌋.
 * - `at-or-beyond`, `beyond`: of those ≤ or < the boundary; where there is none, the lowest.
 * - `floor-count`: of the lowest ⌊(n − 1) α⌋ + 1, as empyrical.
 */
function tailMean(
  sorted: Float64Array,
  tail: number,
  boundary: number,
  rule: TailMeanRule,
): number {
  const n = sorted.length;
  if (rule === 'exact-share') {
    const share = n * tail;
    const whole = Math.min(Math.floor(share + 1e-9), n - 1);
    const rest = Math.max(share - whole, 0);
    return (lowestSum(sorted, whole) + rest * sorted[whole]) / share;
  }
  if (rule === 'floor-count') return lowestMean(sorted, Math.floor((n - 1) * tail) + 1);
  let count = 0;
  while (count < n && (rule === 'beyond' ? sorted[count] < boundary : sorted[count] <= boundary)) {
    count += 1;
  }
  return lowestMean(sorted, Math.max(count, 1));
}

const lowestMean = (sorted: Float64Array, count: number): number =>
  lowestSum(sorted, count) / count;

function lowestSum(sorted: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sorted[i];
  return sum;
}
