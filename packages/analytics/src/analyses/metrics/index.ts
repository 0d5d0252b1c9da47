import { ok, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figureOf } from '../../statistics/figure-of.ts';
import { readMetrics } from '../../statistics/read-metrics.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';

/** Chosen metrics only, for those who need one number. */
export default defineAnalysis({
  id: 'metrics',
  group: 'statistics',
  title: 'Metrics',
  summary: 'One or several metrics of a series of prices or returns, by name.',
  input: {
    ...sampleInput,
    metrics: {
      kind: 'names',
      title: 'Metrics',
      help: 'Such as sharpe, max-drawdown, beta.',
      default: ['cagr', 'volatility', 'sharpe', 'max-drawdown'],
    },
  },
  compute: (values) => {
    const metrics = readMetrics(values.metrics);
    if (!metrics.ok) return metrics;
    const read = readSample(values);
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    if (metrics.value.length === 0) {
      return refuse({ code: 'metrics.none', detail: 'No metric is named; name at least one.' });
    }
    return ok({
      title: `Metrics of ${name}`,
      sample: about,
      conventions,
      figures: metrics.value.map((metric) => figureOf(metric, sample)),
      tables: [],
      charts: [],
      notes,
    });
  },
});
