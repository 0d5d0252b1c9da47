import { defineMetric } from '../../statistics/metric.ts';

/** Best year: max over calendar years of Π (1 + r) − 1. */
export default defineMetric({
  id: 'best-year',
  title: 'Best year',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: 'max over calendar years of Π (1 + r) − 1',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => Math.max(...s.years.map(({ value }) => value)),
  otherwise: 'there is no return',
});
