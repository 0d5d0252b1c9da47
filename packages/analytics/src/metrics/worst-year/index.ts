import { defineMetric } from '../../statistics/metric.ts';

/** Worst year: min over calendar years of Π (1 + r) − 1. */
export default defineMetric({
  id: 'worst-year',
  title: 'Worst year',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: 'min over calendar years of Π (1 + r) − 1',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => Math.min(...s.years.map(({ value }) => value)),
  otherwise: 'there is no return',
});
