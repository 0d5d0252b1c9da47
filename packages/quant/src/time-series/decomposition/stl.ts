import type { Fitted } from '../fitted.ts';
import { smooth, smoothAt } from './loess.ts';

/** How smooth the parts are to be. */
export interface StlOptions {
  /** Steps in a cycle of seasons, 2 or more. */
  readonly period: number;
  /** Span of the smoothing of each season over the cycles, odd, ≥ 3; 7 if not given. */
  readonly seasonal?: number;
  /** Span of the trend's smoothing, odd; the least odd ≥ 1.5 period ÷ (1 − 1.5 ÷ seasonal) if not given. */
  readonly trend?: number;
  /** Span of the low-pass filter, odd; the least odd above the period if not given. */
  readonly lowPass?: number;
  /** Whether values that fit badly lose weight; false if not given. */
  readonly robust?: boolean;
}

/** A series as a sum. */
export interface Stl {
  /** Shape [n] each; trend + seasonal + remainder is the series. */
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly remainder: Float64Array;
  /** Those that the last round went by: 1 for what fits, towards 0 for what does not; all 1 unless robust. */
  readonly weights: Float64Array;
}

/**
 * Decomposes a series into trend, season and remainder by STL: in turn the seasons are smoothed one
 * by one over the cycles, freed of what trend is in them by a low-pass filter, and the trend is
 * smoothed from what they leave. All smoothing is by local lines. Five rounds; robust: two rounds,
 * and fifteen times over with bisquare weights (1 − (|e| ÷ 6 median|e|)²)². The defaults are those of
 * statsmodels' STL.
 *
 * @param y Finite, shape [n], at least two cycles.
 * @returns the parts, or why there are none.
 *
 * Cost: O(rounds n (trend + seasonal)). Source: Robert Cleveland, William Cleveland, Jean McRae and
 * Irma Terpenning, STL: a seasonal-trend decomposition procedure based on loess, 1990.
 */
export function stl(y: Float64Array, options: StlOptions): Fitted<Stl> {
  const n = y.length;
  const { period, seasonal = 7, robust = false } = options;
  const trendSpan = options.trend ?? odd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonal)));
  const lowPass = options.lowPass ?? odd(period + 1);
  if (!(Number.isInteger(period) && period >= 2))
    return { why: `a period of ${period} makes no sense` };
  if (n < 2 * period) return { why: `${n} values are too few, ${2 * period} are needed` };
  if (!y.every(Number.isFinite)) return { why: 'the series has gaps' };
  if ([seasonal, trendSpan, lowPass].some((span) => !(span >= 3 && span % 2 === 1))) {
    return { why: 'spans must be odd and at least 3' };
  }
  if (lowPass <= period || trendSpan <= period) {
    return { why: `the spans of trend and low-pass filter must be above the period of ${period}` };
  }
  const trend = new Float64Array(n);
  const season = new Float64Array(n);
  const weights = new Float64Array(n).fill(1);
  const spans = { period, seasonal, trendSpan, lowPass };
  const [inner, outer] = robust ? [2, 15] : [5, 0];
  for (let round = 0; round <= outer; round++) {
    for (let i = 0; i < inner; i++) {
      pass(y, spans, round === 0 ? undefined : weights, trend, season);
    }
    if (round < outer) reweigh(y, trend, season, weights);
  }
  const remainder = y.map((each, t) => each - trend[t] - season[t]);
  return { trend, seasonal: season, remainder, weights };
}

interface Spans {
  readonly period: number;
  readonly seasonal: number;
  readonly trendSpan: number;
  readonly lowPass: number;
}

/** One round: new seasons from y − trend, then a new trend from y − seasons. */
function pass(
  y: Float64Array,
  { period, seasonal, trendSpan, lowPass }: Spans,
  weights: Float64Array | undefined,
  trend: Float64Array,
  season: Float64Array,
): void {
  const n = y.length;
  const room = new Float64Array(n);
  const detrended = y.map((each, t) => each - trend[t]);
  const cycles = smoothedCycles(detrended, period, seasonal, weights);
  const filtered = movingAverage(movingAverage(movingAverage(cycles, period), period), 3);
  const low = new Float64Array(n);
  smooth({ y: filtered, span: lowPass, degree: 1, room }, low);
  for (let t = 0; t < n; t++) season[t] = cycles[period + t] - low[t];
  const left = y.map((each, t) => each - season[t]);
  smooth({ y: left, span: trendSpan, degree: 1, weights, room }, trend);
}

/** Each season smoothed over its cycles, with one cycle more at both ends; shape [n + 2 period]. */
function smoothedCycles(
  y: Float64Array,
  period: number,
  span: number,
  weights: Float64Array | undefined,
): Float64Array {
  const n = y.length;
  const room = new Float64Array(n);
  const out = new Float64Array(n + 2 * period);
  for (let j = 0; j < period; j++) {
    const k = Math.floor((n - 1 - j) / period) + 1;
    const own = Float64Array.from({ length: k }, (_, i) => y[i * period + j]);
    const ownWeights =
      weights && Float64Array.from({ length: k }, (_, i) => weights[i * period + j]);
    const loess = { y: own, span, degree: 1, weights: ownWeights, room } as const;
    const smoothed = new Float64Array(k);
    smooth(loess, smoothed);
    const before = smoothAt(loess, -1, 0, Math.min(span, k) - 1) ?? smoothed[0];
    const after = smoothAt(loess, k, Math.max(0, k - span), k - 1) ?? smoothed[k - 1];
    out[j] = before;
    for (let i = 0; i < k; i++) out[(i + 1) * period + j] = smoothed[i];
    out[(k + 1) * period + j] = after;
  }
  return out;
}

function movingAverage(x: Float64Array, length: number): Float64Array {
  const out = new Float64Array(x.length - length + 1);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[i];
  out[0] = sum / length;
  for (let i = 1; i < out.length; i++) {
    sum += x[i + length - 1] - x[i - 1];
    out[i] = sum / length;
  }
  return out;
}

/** Bisquare weights by how far a value lies from its fit, in units of six median deviations. */
function reweigh(
  y: Float64Array,
  trend: Float64Array,
  season: Float64Array,
  weights: Float64Array,
): void {
  const n = y.length;
  const deviations = y.map((each, t) => Math.abs(each - trend[t] - season[t]));
  const sorted = deviations.toSorted();
  const high = Math.floor(n / 2);
  const six = 3 * (sorted[high] + sorted[n - 1 - high]);
  for (let t = 0; t < n; t++) {
    const r = deviations[t];
    weights[t] = r <= 0.001 * six ? 1 : r <= 0.999 * six ? (1 - (r / six) ** 2) ** 2 : 0;
  }
}

const odd = (span: number): number => (span % 2 === 0 ? span + 1 : span);
