import { defineMetric } from '../../statistics/metric.ts';

/** Median return a period: quantile of r at 0.5. */
export default defineMetric({
  id: 'median-return',
  title: 'Median return a period',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'quantile of r at 0.5',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.quantile(0.5),
  otherwise: 'there is no return',
});
