import { defineMetric } from '../../statistics/metric.ts';

/** Best month: max over calendar months of Π (1 + r) − 1. */
export default defineMetric({
  id: 'best-month',
  title: 'Best month',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: 'max over calendar months of Π (1 + r) − 1',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => Math.max(...s.months.map(({ value }) => value)),
  otherwise: 'there is no return',
});
