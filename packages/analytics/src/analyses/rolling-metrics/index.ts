import { ok, refuse } from '@plimsoll/kernel';
import { centralMoments, maximum, minimum } from '@plimsoll/quant/statistics';
import { along } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Figure } from '../../analysis/report.ts';
import { type Metric, sampleFor } from '../../statistics/metric.ts';
import { readMetrics } from '../../statistics/read-metrics.ts';
import type { ReturnSample } from '../../statistics/return-sample.ts';
import { rollingMetric } from '../../statistics/rolling-metric.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';

/** Metrics over a window that slides along the series. */
export default defineAnalysis({
  id: 'rolling-metrics',
  group: 'statistics',
  title: 'Rolling metrics',
  summary: 'Any metric of every window of a series of prices or returns.',
  input: {
    ...sampleInput,
    metrics: {
      kind: 'names',
      title: 'Metrics',
      help: 'Such as volatility, sharpe, beta.',
      default: ['volatility', 'sharpe'],
    },
    window: { kind: 'integer', title: 'Window', unit: 'periods', min: 1, default: 60 },
  },
  compute: (values) => {
    const metrics = readMetrics(values.metrics);
    if (!metrics.ok) return metrics;
    const read = readSample(values);
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    const { window } = values;
    if (window > sample.n) {
      return refuse({
        code: 'rolling.window',
        detail: `A window of ${window} does not fit into ${sample.n} returns; take a shorter one.`,
      });
    }
    const ends = endsOf(sample, window);
    const lines = metrics.value.map((metric) => {
      const values = rollingMetric(metric, sample, window);
      const at = endsOf(sampleFor(metric.needs, sample), window);
      const known = new Map(at.map((end, i) => [end, values[i] ?? null]));
      return { metric, values: ends.map((end) => known.get(end) ?? null) };
    });
    return ok({
      title: `Rolling metrics of ${name}, ${window} periods`,
      sample: about,
      conventions: [...conventions, 'Each window is named for its last period.'],
      figures: lines.flatMap(({ metric, values: each }) => summary(metric, each)),
      tables: [
        {
          id: 'rolling',
          title: `Windows of ${window} periods`,
          columns: [
            { id: 'end', title: 'Last period' },
            ...metrics.value.map(({ id, title, unit }) => ({ id, title, unit })),
          ],
          rows: ends.map((end, i) => [end, ...lines.map(({ values: each }) => each[i])]),
        },
      ],
      charts: lines.map(({ metric, values: each }) => ({
        id: metric.id,
        title: metric.title,
        kind: 'line',
        x: ends,
        lines: [{ name, values: each }],
        unit: metric.unit,
      })),
      notes,
    });
  },
});

/** The last day, or the number, of each window. */
const endsOf = ({ days, n }: ReturnSample, window: number): (string | number)[] =>
  along(days, n).slice(window - 1);

/** Mean, least and greatest of the windows that have a value. */
function summary(metric: Metric, values: readonly (number | null)[]): Figure[] {
  const known = Float64Array.from(values.filter((value) => value !== null));
  const why = 'no window has such a figure';
  const figure = (id: string, title: string, of: (x: Float64Array) => number): Figure => ({
    id: `${metric.id}-${id}`,
    title: `${metric.title}, ${title}`,
    ...(known.length === 0 ? { value: null, why } : { value: of(known) }),
    unit: metric.unit,
    formula: `${title} over the windows of: ${metric.formula}`,
    source: metric.source,
  });
  return [
    figure('mean', 'mean', (x) => centralMoments(x).mean),
    figure('least', 'least', minimum),
    figure('greatest', 'greatest', maximum),
    figure('last', 'last window', (x) => x[x.length - 1]),
  ];
}
