import type { Chart } from '../analysis/report.ts';
import { metricById } from './metric-by-id.ts';
import type { ReturnSample } from './return-sample.ts';
import { rollingMetric } from './rolling-metric.ts';

/** Names of the lines. */
export interface LineNames {
  readonly name: string;
  readonly benchmarkName: string | null;
}

/** Along the bottom: the days, or the places from 1. */
const along = ({ days, n }: ReturnSample): Chart['x'] =>
  days.length > 0 ? days : Array.from({ length: n }, (_, t) => t + 1);

/** W − 1, of the returns and of the benchmark. */
export function growthChart(sample: ReturnSample, { name, benchmarkName }: LineNames): Chart {
  const grown = (each: ReturnSample) => Array.from(each.wealth, (level) => level - 1);
  return {
    id: 'growth',
    title: 'Growth',
    kind: 'line',
    x: along(sample),
    lines: [
      { name, values: grown(sample) },
      ...(sample.benchmark
        ? [{ name: benchmarkName ?? 'benchmark', values: grown(sample.benchmark) }]
        : []),
    ],
    unit: 'fraction',
  };
}

/** −d, so that it hangs below zero. */
export function drawdownChart(sample: ReturnSample, { name }: LineNames): Chart {
  return {
    id: 'drawdown',
    title: 'Drawdown',
    kind: 'area',
    x: along(sample),
    lines: [
      { name, values: Array.from(sample.path.depths, (depth) => (depth === 0 ? 0 : -depth)) },
    ],
    unit: 'fraction',
  };
}

/** A metric of each window that ends on a day; null before the first window is full. */
export function rollingChart(
  sample: ReturnSample,
  id: string,
  window: number,
  { name }: LineNames,
): Chart | null {
  const metric = metricById(id);
  const values = metric ? rollingMetric(metric, sample, window) : [];
  if (!metric || values.length === 0) return null;
  return {
    id: `rolling-${id}`,
    title: `${metric.title}, ${window} periods`,
    kind: 'line',
    x: along(sample),
    lines: [{ name, values: [...new Array<null>(window - 1).fill(null), ...values] }],
    unit: metric.unit,
  };
}

/**
 * How many returns fall into each of equal bins, by the rule of Freedman and Diaconis.
 *
 * **Source:** D. Freedman, P. Diaconis, On the histogram as a density estimator, 1981.
 */
export function histogramChart(sample: ReturnSample, { name }: LineNames): Chart {
  const { sorted, n } = sample;
  const low = sorted[0];
  const high = sorted[n - 1];
  const width = (2 * (sample.quantile(0.75) - sample.quantile(0.25))) / Math.cbrt(n);
  const wanted = width > 0 ? Math.ceil((high - low) / width) : 1;
  const bins = Math.max(1, Math.min(80, wanted));
  const step = (high - low) / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  for (const r of sorted) counts[Math.min(bins - 1, Math.floor((r - low) / step))]++;
  return {
    id: 'histogram',
    title: 'Distribution of returns',
    kind: 'bars',
    x: counts.map((_, i) => low + (i + 0.5) * step),
    lines: [{ name, values: counts }],
    unit: 'count',
  };
}
