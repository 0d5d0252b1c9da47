import { defineMetric } from '../../statistics/metric.ts';

/** Worst month: min over calendar months of Π (1 + r) − 1. */
export default defineMetric({
  id: 'worst-month',
  title: 'Worst month',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: 'min over calendar months of Π (1 + r) − 1',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => Math.min(...s.months.map(({ value }) => value)),
  otherwise: 'there is no return',
});
