import { logGamma } from '../../distributions/index.ts';
import type { Fitted } from '../fitted.ts';

/** An exponent and the points it is the slope of. */
export interface ScalingExponent {
  /** H: 0.5 without memory, above where moves go on, below where they turn back. */
  readonly exponent: number;
  /** Standard error of the slope. */
  readonly standardError: number;
  /** Window sizes, shape [k], and what was measured at each. */
  readonly sizes: Float64Array;
  readonly measured: Float64Array;
}

/**
 * The Hurst exponent by rescaled range: the slope of ln (R/S)_m on ln m, where in every window of m
 * values R is the range of the sums of deviations from the window's mean, S their standard deviation
 * (divided by m), and (R/S)_m the mean over the windows.
 *
 * With `corrected`, (R/S)_m is divided by what independent normal values would give,
 *   E_m = Γ((m−1)/2) ÷ (√π Γ(m/2)) Σ_{i<m} √((m − i) ÷ i),
 * and the exponent is 0.5 plus the slope: without it small windows lean upwards.
 *
 * @param x Increments, such as returns, finite, shape [n], n ≥ 64.
 *
 * Cost: O(n ln n). Source: Harold Hurst, Long-term storage capacity of reservoirs, 1951; Benoit
 * Mandelbrot and James Wallis, 1969; A. Anis and E. Lloyd, The expected value of the adjusted rescaled
 * Hurst range of independent normal summands, 1976.
 */
export function rescaledRange(x: Float64Array, corrected = true): Fitted<ScalingExponent> {
  const why = unfit(x);
  if (why !== null) return { why };
  return slope(
    windowSizes(x.length, 8),
    (m) => {
      const raw = meanRescaledRange(x, m);
      return corrected ? raw / expectedRange(m) : raw;
    },
    corrected ? 0.5 : 0,
  );
}

/**
 * The Hurst exponent by detrended fluctuation analysis: the slope of ln F(m) on ln m, where F(m) is the
 * root mean square deviation of the sums of x from the best line in every window of m.
 *
 * @param x Increments, finite, shape [n], n ≥ 64. Windows are laid from both ends.
 *
 * Cost: O(n ln n). Source: Chung-Kang Peng and others, Mosaic organization of DNA nucleotides, 1994;
 * Jan Kantelhardt and others, Detecting long-range correlations with detrended fluctuation analysis, 2001.
 */
export function detrendedFluctuation(x: Float64Array): Fitted<ScalingExponent> {
  const why = unfit(x);
  if (why !== null) return { why };
  const n = x.length;
  const mean = x.reduce((sum, each) => sum + each / n, 0);
  let sum = 0;
  const profile = x.map((each) => {
    sum += each - mean;
    return sum;
  });
  return slope(windowSizes(n, 8), (m) => fluctuation(profile, m), 0);
}

function unfit(x: Float64Array): string | null {
  if (x.length < 64) return `${x.length} values are too few, 64 are needed`;
  if (!x.every(Number.isFinite)) return 'the series has gaps';
  return x.every((each) => each === x[0]) ? 'the series does not vary' : null;
}

/** About four sizes an octave, from the least to a quarter of n. */
function windowSizes(n: number, least: number): Float64Array {
  const sizes = new Set<number>();
  for (let size = least; size <= n / 4; size *= 2 ** 0.25) sizes.add(Math.round(size));
  return Float64Array.from(sizes);
}

function meanRescaledRange(x: Float64Array, m: number): number {
  let total = 0;
  let count = 0;
  for (let from = 0; from + m <= x.length; from += m) {
    const window = x.subarray(from, from + m);
    let mean = 0;
    for (const each of window) mean += each / m;
    let sum = 0;
    let highest = 0;
    let lowest = 0;
    let squares = 0;
    for (const each of window) {
      sum += each - mean;
      squares += (each - mean) ** 2;
      highest = Math.max(highest, sum);
      lowest = Math.min(lowest, sum);
    }
    // A window without variation has no range to rescale.
    if (squares === 0) continue;
    total += (highest - lowest) / Math.sqrt(squares / m);
    count++;
  }
  return total / count;
}

function expectedRange(m: number): number {
  let sum = 0;
  for (let i = 1; i < m; i++) sum += Math.sqrt((m - i) / i);
  return (sum * Math.exp(logGamma((m - 1) / 2) - logGamma(m / 2))) / Math.sqrt(Math.PI);
}

function fluctuation(profile: Float64Array, m: number): number {
  const n = profile.length;
  const windows = Math.floor(n / m);
  const middle = (m - 1) / 2;
  const spread = (m * (m * m - 1)) / 12;
  let squares = 0;
  const add = (from: number): void => {
    let sum = 0;
    let cross = 0;
    let own = 0;
    const [base] = profile.subarray(from, from + 1);
    for (let i = 0; i < m; i++) {
      const y = profile[from + i] - base;
      sum += y;
      cross += (i - middle) * y;
      own += y * y;
    }
    squares += Math.max(0, own - (sum * sum) / m - (cross * cross) / spread);
  };
  for (let w = 0; w < windows; w++) {
    add(w * m);
    add(n - (w + 1) * m);
  }
  return Math.sqrt(squares / (2 * windows * m));
}

function slope(
  sizes: Float64Array,
  measure: (m: number) => number,
  from: number,
): Fitted<ScalingExponent> {
  const measured = sizes.map(measure);
  const k = sizes.length;
  if (!measured.every((each) => each > 0 && Number.isFinite(each))) {
    return { why: 'whole stretches of the series do not vary' };
  }
  const x = sizes.map(Math.log);
  const y = measured.map(Math.log);
  const xMean = x.reduce((sum, each) => sum + each / k, 0);
  const yMean = y.reduce((sum, each) => sum + each / k, 0);
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < k; i++) {
    xx += (x[i] - xMean) ** 2;
    xy += (x[i] - xMean) * (y[i] - yMean);
    yy += (y[i] - yMean) ** 2;
  }
  const steep = xy / xx;
  const left = Math.max(0, yy - steep * xy);
  return {
    exponent: from + steep,
    standardError: Math.sqrt(left / (k - 2) / xx),
    sizes,
    measured,
  };
}
