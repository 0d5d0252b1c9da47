import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { drawdownTable } from '../../statistics/drawdown-table.ts';
import { figureOf } from '../../statistics/figure-of.ts';
import { metricsInOrder } from '../../statistics/metrics-in-order.ts';
import { drawdownChart } from '../../statistics/sample-charts.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';

/** Falls from the running maximum. */
export default defineAnalysis({
  id: 'drawdowns',
  group: 'statistics',
  title: 'Drawdowns',
  summary: 'Every fall from a high, with the days of its peak, trough and recovery.',
  input: {
    ...sampleInput,
    most: { kind: 'integer', title: 'Drawdowns in the table', min: 1, max: 1000, default: 10 },
  },
  compute: (values) => {
    const read = readSample(values);
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    return ok({
      title: `Drawdowns of ${name}`,
      sample: about,
      conventions: [...conventions, 'From the running maximum that includes the start.'],
      figures: metricsInOrder
        .filter(({ section }) => section === 'drawdown')
        .map((metric) => figureOf(metric, sample)),
      tables: [drawdownTable(sample, values.most)],
      charts: [drawdownChart(sample, read.value)],
      notes,
    });
  },
});
