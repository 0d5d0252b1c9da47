import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { kurtosisOf, quantileSorted, skewnessOf } from '@plimsoll/quant/statistics';
import { benchmarkOf } from '../against-benchmark.ts';
import { gainsAndLosses } from '../gains-and-losses.ts';
import { meanOf } from '../mean-of.ts';
import type { ReturnSample } from '../return-sample.ts';
import { compounded } from '../wealth.ts';
import { exactDrawdowns } from './exact-drawdowns.ts';
import { runsOfLosses } from './runs-of-losses.ts';

/** The risk-free return as it was given, per period, which it takes off annual returns as it is. */
export const rawFree = (s: ReturnSample): number => meanOf(s.riskFree);
/** A deviation per period as one a year. */
export const annual = (deviation: number, s: ReturnSample): number =>
  deviation * Math.sqrt(s.perYear);
/** Volatility a year of the population. */
const populationVolatility = (s: ReturnSample): number => annual(Math.sqrt(s.moments.m2), s);

/** Jensen’s alpha. */
export const jensen = (s: ReturnSample): number =>
  s.cagr - s.riskFreeYear - s.line.beta * (benchmarkOf(s).cagr - s.riskFreeYear);
/** √(p × Σ ε² ÷ n). */
export const specific = (s: ReturnSample): number => Math.sqrt((s.line.squares / s.n) * s.perYear);
/** β × volatility of the benchmark a year. */
export const systematic = (s: ReturnSample): number =>
  s.line.beta * annual(benchmarkOf(s).excessDeviation, s);
/** σᵣ ÷ σᵇ of the population. */
export const famaBeta = (s: ReturnSample): number =>
  populationVolatility(s) / populationVolatility(benchmarkOf(s));
/** (R − rf) × σᵇ ÷ σᵣ + rf. */
export const mSquared = (s: ReturnSample): number =>
  (s.cagr - rawFree(s)) / famaBeta(s) + rawFree(s);
/** Arithmetic Sharpe ratio a year. */
export const excessSharpe = (s: ReturnSample): number => annual(s.sharpe, s);
/** √(Σ min(0, r)² ÷ n), per period. */
export const downside = (s: ReturnSample): number => Math.sqrt(s.sides.lostSquares / s.n);

/** Annual return over the root of the squares of its rows of losses. */
export function burke(s: ReturnSample): number {
  let squares = 0;
  for (const [from, until] of runsOfLosses(s.returns)) {
    const scaled = s.returns.subarray(from, until).map((r) => r * 0.01);
    squares += (compounded(scaled) * 100) ** 2;
  }
  return (s.cagr - rawFree(s)) / Math.sqrt(squares);
}

/** Mean of the best tenth over that of the worst, each cut by a rule of its own. */
export function rachev({ sorted, n }: ReturnSample, tail = 0.1): number {
  const low = quantileSorted(sorted, tail);
  const high = sorted[Math.floor((1 - tail) * n) - 1];
  const mean = (x: Float64Array): number => x.reduce((total, each) => total + each, 0) / x.length;
  return mean(sorted.filter((r) => r >= high)) / -mean(sorted.filter((r) => r <= low));
}

/** z bent by skewness and excess kurtosis: its Cornish–Fisher quantile. */
export function bent(s: ReturnSample, z: number): number {
  const skew = skewnessOf(s.moments, 'population');
  const excess = kurtosisOf(s.moments, 'population');
  return (
    z +
    ((z ** 2 - 1) * skew) / 6 +
    ((z ** 3 - 3 * z) * excess) / 24 -
    ((2 * z ** 3 - 5 * z) * skew ** 2) / 36
  );
}

/** Operational modified ES: never less than the modified VaR. */
export function modifiedShortfall(s: ReturnSample, tail: number): number {
  const skew = skewnessOf(s.moments, 'population');
  const excess = kurtosisOf(s.moments, 'population');
  const h = bent(s, normalQuantile(tail));
  const density =
    normalPdf(h) *
    (1 +
      (h ** 3 * skew) / 6 +
      ((h ** 6 - 9 * h ** 4 + 9 * h ** 2 + 3) * skew ** 2) / 72 +
      ((h ** 4 - 2 * h ** 2 - 1) * excess) / 24);
  return s.moments.mean + Math.sqrt(s.moments.m2) * Math.min(-density / tail, h);
}

/** Mean of the returns below their quantile. */
export function historicalShortfall({ sorted }: ReturnSample, tail: number): number {
  const bound = quantileSorted(sorted, tail);
  const beyond = sorted.filter((r) => r < bound);
  return beyond.length === 0 ? bound : beyond.reduce((a, b) => a + b, 0) / beyond.length;
}

/** Σ max(0, r)² ÷ n. */
export const upsideVariance = (s: ReturnSample): number =>
  gainsAndLosses(s.returns.map((r) => -r)).lostSquares / s.n;

/** The ratio of excess returns with the skewness of raw ones. */
export const rawEstimate = (s: ReturnSample) => ({
  ...s.sharpeEstimate,
  skewness: skewnessOf(s.moments, 'population'),
});

/** Its drawdowns; it counts the day of recovery, and the day after the end where there is none. */
export function overEpisodes(
  s: ReturnSample,
  of: (from: number, trough: number, to: number, depth: number) => number,
): number {
  const episodes = exactDrawdowns(s.returns);
  const total = episodes.reduce(
    (sum, { peak, trough, recovered, depth }) =>
      sum + of(peak + 1, trough, recovered ?? s.n, depth),
    0,
  );
  return total / episodes.length;
}
