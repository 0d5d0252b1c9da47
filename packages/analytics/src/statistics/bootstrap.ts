import { type Random, seededRandom } from '@plimsoll/kernel';
import { normalCdf, normalQuantile } from '@plimsoll/quant/distributions';
import {
  autocorrelations,
  mean,
  quantileSorted,
  standardDeviation,
} from '@plimsoll/quant/statistics';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import { type Metric, sampleFor, whatIsMissing } from './metric.ts';
import { ReturnSample } from './return-sample.ts';

export interface BootstrapOptions {
  /** `stationary`: blocks of random length; `circular`: of one length; `independent`: single periods. */
  readonly method: 'stationary' | 'circular' | 'independent';
  /** Mean length of a block, in periods, ≥ 1. */
  readonly block: number;
  readonly draws: number;
  readonly seed: number;
  /** Share that the interval is to hold, such as 0.95. */
  readonly level: number;
  /**
   * `percentile`: quantiles of the draws; `basic`: mirrored about the estimate; `bias-corrected`: quantiles
   * moved by how far the estimate is from the middle of the draws.
   */
  readonly interval: 'percentile' | 'basic' | 'bias-corrected';
}

/** How sure a metric is. */
export interface BootstrapInterval {
  readonly estimate: Estimate;
  readonly low: Estimate;
  readonly high: Estimate;
  /** Sample deviation of the draws. */
  readonly standardError: Estimate;
  /** Draws in which the metric was defined. */
  readonly defined: number;
}

/**
 * Intervals for metrics of returns that depend on those before: rows of returns are drawn in blocks, with
 * replacement and around the end, and each metric is computed again for every draw. Returns, their
 * benchmark and their risk-free rate are drawn together.
 *
 * @param metrics Those that need days have no interval, since draws have no dates.
 * @returns one for each metric, in their order. Cost draws × (n + the metrics’ own).
 *
 * **Source:** D. N. Politis, J. P. Romano, The stationary bootstrap, 1994 (`stationary`); A circular
 * block-resampling procedure, 1992 (`circular`); B. Efron, Bootstrap methods, 1979 (`independent`).
 */
export function bootstrap(
  sample: ReturnSample,
  metrics: readonly Metric[],
  options: BootstrapOptions,
): BootstrapInterval[] {
  const own = metrics.filter(({ needs }) => sampleFor(needs, sample) === sample);
  if (own.length === metrics.length) return drawn(sample, metrics, options);
  const beside = metrics.filter((metric) => !own.includes(metric));
  const found = new Map([
    ...pairs(own, drawn(sample, own, options)),
    ...pairs(beside, drawn(sample.shared, beside, options)),
  ]);
  return metrics.flatMap((metric) => found.get(metric) ?? []);
}

const pairs = <A, B>(a: readonly A[], b: readonly B[]): [A, B][] =>
  a.map((each, i) => [each, b[i]]);

/** Intervals for metrics that all rest on this very sample. */
function drawn(
  sample: ReturnSample,
  metrics: readonly Metric[],
  options: BootstrapOptions,
): BootstrapInterval[] {
  const random = seededRandom(options.seed);
  const draws = metrics.map(() => new Float64Array(options.draws));
  const defined = new Int32Array(metrics.length);
  const places = new Int32Array(sample.n);
  const able = metrics.map(
    (metric) => !metric.needs.days && whatIsMissing(metric.needs, sample) === undefined,
  );
  for (let k = 0; k < options.draws; k++) {
    drawPlaces(places, random, options);
    const again = resampled(sample, places);
    metrics.forEach((metric, m) => {
      const { value } = able[m] ? metric.compute(again) : { value: null };
      if (value !== null) draws[m][defined[m]++] = value;
    });
  }
  return metrics.map((metric, m) =>
    intervalOf(metric.compute(sample), draws[m].subarray(0, defined[m]), options),
  );
}

/** Fills in which period each place of a draw is taken from, block after block. */
export function drawPlaces(
  places: Int32Array,
  random: Random,
  { method, block }: Pick<BootstrapOptions, 'method' | 'block'>,
): void {
  const n = places.length;
  const mean = method === 'independent' ? 1 : block;
  for (let t = 0; t < n; ) {
    let at = random.integer(n);
    const length = method === 'stationary' ? geometric(random, mean) : Math.round(mean);
    const until = Math.min(n, t + Math.max(1, length));
    for (; t < until; t++) {
      places[t] = at;
      at = at + 1 === n ? 0 : at + 1;
    }
  }
}

/** A length of that mean, at least 1, that forgets how long it has lasted. */
const geometric = (random: Random, mean: number): number =>
  mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - 1 / mean));

function resampled(sample: ReturnSample, places: Int32Array): ReturnSample {
  const { returns, perYear, riskFree, target, benchmark } = sample;
  const rate = (each: number | Float64Array): number | Float64Array =>
    typeof each === 'number' ? each : pick(each, places);
  return new ReturnSample({
    returns: pick(returns, places),
    perYear,
    riskFree: rate(riskFree),
    target: rate(target),
    benchmark: benchmark ? pick(benchmark.returns, places) : undefined,
  });
}

function pick(x: Float64Array, places: Int32Array): Float64Array {
  const found = new Float64Array(places.length);
  for (let t = 0; t < places.length; t++) found[t] = x[places[t]];
  return found;
}

function intervalOf(
  point: Estimate,
  draws: Float64Array,
  { level, interval }: BootstrapOptions,
): BootstrapInterval {
  const { value } = point;
  if (value === null || draws.length < 2) {
    const why = unknown(point.why ?? 'fewer than two draws have such a figure');
    return { estimate: point, low: why, high: why, standardError: why, defined: draws.length };
  }
  const [from, to] = endsOf(draws.toSorted(), value, level, interval);
  return {
    estimate: point,
    low: estimate(from, 'every draw is on one side of the figure'),
    high: estimate(to, 'every draw is on one side of the figure'),
    standardError: estimate(standardDeviation(draws), 'the draws are too far apart'),
    defined: draws.length,
  };
}

/**
 * The ends of an interval.
 *
 * **Source:** B. Efron, R. Tibshirani, An introduction to the bootstrap, 1993, chapters 13 (percentile) and
 * 14 (bias-corrected); A. C. Davison, D. V. Hinkley, Bootstrap methods, 1997, section 5.2 (basic).
 */
function endsOf(
  sorted: Float64Array,
  value: number,
  level: number,
  interval: BootstrapOptions['interval'],
): readonly [number, number] {
  const [low, high] = [(1 - level) / 2, (1 + level) / 2];
  if (interval === 'bias-corrected') {
    const shift = 2 * normalQuantile(shareBelow(sorted, value));
    if (!Number.isFinite(shift)) return [Number.NaN, Number.NaN];
    const at = (p: number): number => quantileSorted(sorted, normalCdf(shift + normalQuantile(p)));
    return [at(low), at(high)];
  }
  const ends = [quantileSorted(sorted, low), quantileSorted(sorted, high)] as const;
  return interval === 'percentile' ? ends : [2 * value - ends[1], 2 * value - ends[0]];
}

/** Share of the draws below a value, of those equal to it a half. */
function shareBelow(sorted: Float64Array, value: number): number {
  let total = 0;
  for (const each of sorted) total += each < value ? 1 : each === value ? 0.5 : 0;
  return total / sorted.length;
}

/**
 * Length of blocks that keeps the error of the mean's variance least, chosen from the autocorrelations.
 *
 * @param x Shape [n].
 * @returns at least 1 and at most min(3 √n, n ÷ 3); 1 where x does not vary or n < 8.
 *
 * **Source:** D. N. Politis, H. White, Automatic block-length selection for the dependent bootstrap, 2004,
 * corrected by A. Patton, D. N. Politis, H. White, 2009. The lag that the papers call m̂ is the one before
 * the quiet ones, as they define it; the package arch takes the one after, and its blocks are a little longer.
 */
export function blockLength(x: Float64Array, method: 'stationary' | 'circular'): number {
  const n = x.length;
  if (n < 8 || !(standardDeviation(x) > 0)) return 1;
  const kn = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
  const most = Math.min(Math.ceil(Math.sqrt(n)) + kn, n - 1);
  const rho = Float64Array.of(1, ...autocorrelations(x, most));
  const bound = 2 * Math.sqrt(Math.log10(n) / n);
  const reach = Math.min(2 * lastSignificant(rho, kn, bound, most), most);
  const center = mean(x);
  let gamma0 = 0;
  for (const each of x) gamma0 += (each - center) ** 2;
  gamma0 /= n;
  let spectrum = gamma0;
  let slope = 0;
  for (let k = 1; k <= reach; k++) {
    const weight = k / reach <= 0.5 ? 1 : 2 * (1 - k / reach);
    spectrum += 2 * weight * gamma0 * rho[k];
    slope += 2 * weight * k * gamma0 * rho[k];
  }
  const scale = (method === 'stationary' ? 2 : 4 / 3) * spectrum * spectrum;
  const best = scale > 0 ? Math.cbrt((2 * slope * slope * n) / scale) : 1;
  return Math.max(1, Math.min(best, Math.ceil(Math.min(3 * Math.sqrt(n), n / 3))));
}

/** The lag after which kn autocorrelations in a row are within the bound; at least 1. */
function lastSignificant(rho: Float64Array, kn: number, bound: number, most: number): number {
  let quiet = 0;
  for (let lag = 1; lag <= most; lag++) {
    quiet = Math.abs(rho[lag]) < bound ? quiet + 1 : 0;
    if (quiet === kn) return Math.max(1, lag - kn);
  }
  for (let lag = most; lag >= 1; lag--) if (Math.abs(rho[lag]) >= bound) return lag;
  return 1;
}
