import { ok, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Estimate } from '../../analysis/estimate.ts';
import type { Figure } from '../../analysis/report.ts';
import { type BootstrapInterval, blockLength, bootstrap } from '../../statistics/bootstrap.ts';
import type { Metric } from '../../statistics/metric.ts';
import { readMetrics } from '../../statistics/read-metrics.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';

const source = {
  stationary: 'D. N. Politis, J. P. Romano, The stationary bootstrap, 1994',
  circular: 'D. N. Politis, J. P. Romano, A circular block-resampling procedure, 1992',
  independent: 'B. Efron, Bootstrap methods: another look at the jackknife, 1979',
} as const;

/** How sure metrics are. */
export default defineAnalysis({
  id: 'bootstrap',
  group: 'statistics',
  title: 'Bootstrap intervals',
  summary: 'Intervals of any metric by drawing blocks of the returns again and again.',
  input: {
    ...sampleInput,
    metrics: {
      kind: 'names',
      title: 'Metrics',
      help: 'Any but those of calendar months and years.',
      default: ['cagr', 'volatility', 'sharpe', 'max-drawdown'],
    },
    method: {
      kind: 'choice',
      of: ['stationary', 'circular', 'independent'],
      title: 'How blocks are drawn',
      default: 'stationary',
    },
    block: {
      kind: 'number',
      title: 'Mean length of a block',
      help: 'Chosen from the autocorrelations where none is given.',
      unit: 'periods',
      min: 1,
      optional: true,
    },
    draws: { kind: 'integer', title: 'Draws', min: 50, max: 100_000, default: 1000 },
    seed: { kind: 'integer', title: 'Seed', min: 0, default: 1 },
    level: {
      kind: 'number',
      title: 'Share that the interval is to hold',
      above: 0,
      below: 1,
      default: 0.95,
    },
    interval: {
      kind: 'choice',
      of: ['percentile', 'basic', 'bias-corrected'],
      title: 'Kind of interval',
      default: 'percentile',
    },
  },
  compute: (values) => {
    const metrics = readMetrics(values.metrics);
    if (!metrics.ok) return metrics;
    const read = readSample(values);
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    const { method, draws, seed, level, interval } = values;
    const block = blockOf(values.block, method, sample.returns);
    if (block > sample.n) {
      return refuse({
        code: 'bootstrap.block',
        detail: `A block of ${block} is longer than the ${sample.n} returns; take a shorter one.`,
      });
    }
    const found = bootstrap(sample, metrics.value, {
      method,
      block,
      draws,
      seed,
      level,
      interval,
    });
    return ok({
      title: `Bootstrap intervals of ${name}`,
      sample: about,
      conventions: [
        ...conventions,
        `${draws} draws, ${method}, blocks of ${block.toFixed(1)} periods, seed ${seed}, ${interval} intervals of ${level * 100} %.`,
      ],
      figures: metrics.value.flatMap((metric, m) => figures(metric, found[m], source[method])),
      tables: [
        {
          id: 'intervals',
          title: 'Intervals',
          columns: [
            { id: 'metric', title: 'Metric' },
            { id: 'value', title: 'Value', unit: 'number' },
            { id: 'low', title: 'Low', unit: 'number' },
            { id: 'high', title: 'High', unit: 'number' },
            { id: 'error', title: 'Standard error', unit: 'number' },
            { id: 'draws', title: 'Draws', unit: 'count' },
          ],
          rows: metrics.value.map((metric, m) => [
            metric.title,
            found[m].estimate.value,
            found[m].low.value,
            found[m].high.value,
            found[m].standardError.value,
            found[m].defined,
          ]),
        },
      ],
      charts: [],
      notes,
    });
  },
});

function blockOf(
  given: number | undefined,
  method: 'stationary' | 'circular' | 'independent',
  returns: Float64Array,
): number {
  if (method === 'independent') return 1;
  if (given !== undefined) return given;
  return blockLength(returns, method);
}

/** The metric, the ends of its interval and its standard error. */
function figures(metric: Metric, found: BootstrapInterval, by: string): Figure[] {
  const { id, title, unit, formula } = metric;
  const figure = (end: string, words: string, { value, why }: Estimate, of: string): Figure => ({
    id: end === '' ? id : `${id}-${end}`,
    title: `${title}${words}`,
    value,
    ...(why === undefined ? {} : { why }),
    unit,
    formula: of,
    source: end === '' ? metric.source : by,
  });
  return [
    figure('', '', found.estimate, formula),
    figure('low', ', low end', found.low, 'lower quantile of the draws'),
    figure('high', ', high end', found.high, 'upper quantile of the draws'),
    figure('error', ', standard error', found.standardError, 'sample deviation of the draws'),
  ];
}
