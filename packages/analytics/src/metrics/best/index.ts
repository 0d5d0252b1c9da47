import { defineMetric } from '../../statistics/metric.ts';

/** Best period: max r. */
export default defineMetric({
  id: 'best',
  title: 'Best period',
  section: 'distribution',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'max r',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.sorted[s.n - 1],
  otherwise: 'there is no return',
});
