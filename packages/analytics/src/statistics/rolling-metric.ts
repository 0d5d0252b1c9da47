import { rollingCoMoments, rollingMoments } from '@plimsoll/quant/statistics';
import { cells } from '../analysis/cells.ts';
import { noDepth } from './drawdown-path.ts';
import type { Metric } from './metric.ts';
import { sampleFor, whatIsMissing } from './metric.ts';
import type { ReturnSample } from './return-sample.ts';
import { compounded } from './wealth.ts';

/**
 * A metric of every window of returns: place i is of the returns i … i + window − 1 of `sampleFor` the
 * metric.
 *
 * The usual ones slide their sums; every other is computed window by window, which gives the same.
 *
 * @param window Periods, from 1 to n.
 * @returns shape [n − window + 1], null where the metric is not defined; empty where the window does
 * not fit or the sample lacks what the metric needs.
 */
export function rollingMetric(
  metric: Metric,
  whole: ReturnSample,
  window: number,
): readonly (number | null)[] {
  const sample = sampleFor(metric.needs, whole);
  const places = sample.n - window + 1;
  if (places < 1 || whatIsMissing({ ...metric.needs, observations: 1 }, sample)) return [];
  const sliding = slides.get(metric.id);
  if (sliding && window >= metric.needs.observations) {
    return finiteOrNone(sliding(sample, window));
  }
  return Array.from(
    { length: places },
    (_, from) => metric.compute(sample.between(from, from + window)).value,
  );
}

/** Plain numbers where all are finite, which an array of doubles holds without a box for each. */
function finiteOrNone(values: Float64Array): (number | null)[] {
  const found = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return cells(values);
    found[i] = values[i];
  }
  return found;
}

/** Spread that is nothing but rounding counts as none, as in `ReturnSample`. */
const deviation = (squares: number, window: number): number => {
  const found = Math.sqrt(squares / (window - 1));
  return found <= 1e-14 ? 0 : found;
};

type Slide = (sample: ReturnSample, window: number) => Float64Array;

/** Metrics whose windows are had from sums that slide. */
const slides: ReadonlyMap<string, Slide> = new Map<string, Slide>([
  [
    'volatility',
    (s, window) => {
      // A rate that is always the same does not change how returns vary.
      const { squares } =
        typeof s.riskFree === 'number' ? s.rolling(window) : rollingMoments(s.returns, window);
      const scale = Math.sqrt(s.perYear);
      return eachOf(squares, (each) => deviation(each, window) * scale);
    },
  ],
  [
    'sharpe',
    (s, window) => {
      const { mean, squares } = s.rolling(window);
      const scale = Math.sqrt(s.perYear);
      return eachOf(mean, (each, i) => (each / deviation(squares[i], window)) * scale);
    },
  ],
  ['mean-return', (s, window) => rollingMoments(s.returns, window).mean],
  [
    'beta',
    (s, window) => {
      const { xx, xy } = products(s, window);
      return eachOf(xy, (each, i) => (xx[i] > window * 1e-28 ? each / xx[i] : Number.NaN));
    },
  ],
  [
    'correlation',
    (s, window) => {
      const { xx, xy, yy } = products(s, window);
      return eachOf(xy, (each, i) =>
        Math.max(-1, Math.min(1, each / (Math.sqrt(xx[i]) * Math.sqrt(yy[i])))),
      );
    },
  ],
  [
    'total-return',
    (s, window) => windows(s, window, (from, until) => compounded(s.returns, from, until)),
  ],
  [
    'max-drawdown',
    (s, window) => windows(s, window, (from, until) => deepest(s.returns, from, until)),
  ],
]);

function eachOf(x: Float64Array, of: (value: number, place: number) => number): Float64Array {
  const found = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) found[i] = of(x[i], i);
  return found;
}

function products(s: ReturnSample, window: number) {
  const benchmark = s.benchmark ?? s;
  return rollingCoMoments(
    benchmark.excess,
    s.excess,
    window,
    benchmark.rolling(window),
    s.rolling(window),
  );
}

/** Products of growth cannot slide: a total loss would never leave. */
function windows(
  { n }: ReturnSample,
  window: number,
  of: (from: number, until: number) => number,
): Float64Array {
  return Float64Array.from({ length: n - window + 1 }, (_, from) => of(from, from + window));
}

function deepest(returns: Float64Array, from: number, until: number): number {
  let level = 1;
  let high = 1;
  let lowest = 1;
  for (let t = from; t < until; t++) {
    level *= 1 + returns[t];
    if (level > high) high = level;
    else if (level < lowest * high) lowest = level / high;
  }
  return 1 - lowest > noDepth ? 1 - lowest : 0;
}
