import { ok, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { monthlyHeat, monthlyTable, yearlyTable } from '../../statistics/calendar-tables.ts';
import { figureOf } from '../../statistics/figure-of.ts';
import { metricsInOrder } from '../../statistics/metrics-in-order.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';

/** Months and years. */
export default defineAnalysis({
  id: 'calendar-returns',
  group: 'statistics',
  title: 'Returns by month and year',
  summary: 'Tables and figures of the calendar months and years of a series.',
  input: sampleInput,
  compute: (values) => {
    const read = readSample(values);
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    if (sample.days.length === 0) {
      return refuse({
        code: 'calendar.days',
        detail: `${name} has no days; give a day for each of its ${sample.n} returns.`,
      });
    }
    return ok({
      title: `Calendar of ${name}`,
      sample: about,
      conventions: [
        ...conventions,
        'The first and the last month and year are over the part that there is.',
      ],
      figures: metricsInOrder
        .filter(({ section }) => section === 'calendar')
        .map((metric) => figureOf(metric, sample)),
      tables: [monthlyTable(sample), yearlyTable(sample)],
      charts: [monthlyHeat(sample)],
      notes,
    });
  },
});
