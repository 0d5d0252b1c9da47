import { along, cell } from '../analysis/cells.ts';
import type { Chart } from '../analysis/report.ts';
import { sampleFor } from './metric.ts';
import { metricById } from './metric-by-id.ts';
import type { ReturnSample } from './return-sample.ts';
import { rollingMetric } from './rolling-metric.ts';

/** Names of the lines. */
export interface LineNames {
  readonly name: string;
  readonly benchmarkName: string | null;
}

/** A path times a sign plus an offset, without −0; null where that is beyond numbers. */
function shifted(path: Float64Array, offset: number, sign: number): (number | null)[] {
  const values = new Array<number | null>(path.length);
  for (let t = 0; t < path.length; t++) values[t] = cell(path[t] * sign + offset);
  return values;
}

/** W − 1, of the returns and of the benchmark. */
export function growthChart(sample: ReturnSample, { name, benchmarkName }: LineNames): Chart {
  return {
    id: 'growth',
    title: 'Growth',
    kind: 'line',
    x: along(sample.days, sample.n),
    lines: [
      { name, values: shifted(sample.wealth, -1, 1) },
      ...(sample.shared.benchmark
        ? [
            {
              name: benchmarkName ?? 'benchmark',
              values: growthAlong(sample, sample.shared.benchmark),
            },
          ]
        : []),
    ],
    unit: 'fraction',
    ...(sample.periodYears > 3 ? { scale: 'log' as const } : {}),
  };
}

/** W − 1 of a benchmark at the days of a sample, null at those that it has not. */
function growthAlong(
  { days, shared, benchmark }: ReturnSample,
  of: ReturnSample,
): (number | null)[] {
  const values = shifted(of.wealth, -1, 1);
  if (benchmark !== null) return values;
  const known = new Map(shared.days.map((day, i) => [day, values[i]]));
  return days.map((day) => known.get(day) ?? null);
}

/** −d, so that it hangs below zero. */
export function drawdownChart(sample: ReturnSample, { name }: LineNames): Chart {
  return {
    id: 'drawdown',
    title: 'Drawdown',
    kind: 'area',
    x: along(sample.days, sample.n),
    lines: [{ name, values: shifted(sample.path.depths, 0, -1) }],
    unit: 'fraction',
  };
}

/** A metric of each full window, at the window’s last day; null where there is no full one. */
export function rollingChart(
  sample: ReturnSample,
  id: string,
  window: number,
  { name }: LineNames,
): Chart | null {
  const metric = metricById(id);
  const values = metric ? rollingMetric(metric, sample, window) : [];
  if (!metric || values.length === 0) return null;
  const { days, n } = sampleFor(metric.needs, sample);
  return {
    id: `rolling-${id}`,
    title: `${metric.title}, ${window} periods`,
    kind: 'line',
    x: along(days, n).slice(window - 1),
    lines: [{ name, values }],
    unit: metric.unit,
  };
}

/**
 * How many returns fall into each of equal bins, by the rule of Freedman and Diaconis; those that are
 * beyond numbers fall into none.
 *
 * **Source:** D. Freedman, P. Diaconis, On the histogram as a density estimator, 1981.
 */
export function histogramChart(sample: ReturnSample, { name }: LineNames): Chart {
  const { n } = sample;
  const sorted = sample.sorted.filter(Number.isFinite);
  const low = sorted.at(0) ?? 0;
  const high = sorted.at(-1) ?? 0;
  const width = (2 * (sample.quantile(0.75) - sample.quantile(0.25))) / Math.cbrt(n);
  const wanted = width > 0 && width < Infinity ? Math.ceil((high - low) / width) : 1;
  const bins = Math.max(1, Math.min(80, wanted));
  const step = (high - low < Infinity ? (high - low) / bins : high / bins - low / bins) || 1;
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
