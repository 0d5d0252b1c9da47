import { defineMetric } from '../../statistics/metric.ts';

/** Share of positive months: #(positive calendar months) ÷ #(months). */
export default defineMetric({
  id: 'win-rate-month',
  title: 'Share of positive months',
  section: 'calendar',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, days: true },
  formula: '#(positive calendar months) ÷ #(months)',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => s.months.filter(({ value }) => value > 0).length / s.months.length,
  otherwise: 'there is no return',
});
