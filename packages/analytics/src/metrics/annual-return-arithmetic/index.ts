import { defineMetric } from '../../statistics/metric.ts';

/** Annual return (arithmetic): p × Σ r ÷ n, p periods a year. */
export default defineMetric({
  id: 'annual-return-arithmetic',
  title: 'Annual return (arithmetic)',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'p × Σ r ÷ n, p periods a year',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.moments.mean * s.perYear,
  otherwise: 'there is no return',
});
