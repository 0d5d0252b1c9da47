import { defineMetric } from '../../statistics/metric.ts';

/** Worst period: min r. */
export default defineMetric({
  id: 'worst',
  title: 'Worst period',
  section: 'distribution',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'min r',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.sorted[0],
  otherwise: 'there is no return',
});
