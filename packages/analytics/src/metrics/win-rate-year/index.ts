import { defineMetric } from '../../statistics/metric.ts';

/** Share of positive years: #(positive calendar years) ÷ #(years). */
export default defineMetric({
  id: 'win-rate-year',
  title: 'Share of positive years',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: '#(positive calendar years) ÷ #(years)',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => s.years.filter(({ value }) => value > 0).length / s.years.length,
  otherwise: 'there is no return',
});
