import { defineMetric } from '../../statistics/metric.ts';

/** Mean return a period: Σ r ÷ n. */
export default defineMetric({
  id: 'mean-return',
  title: 'Mean return a period',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'Σ r ÷ n',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.moments.mean,
  otherwise: 'there is no return',
});
