import { defineMetric } from '../../statistics/metric.ts';

/** Total return: Π (1 + r) − 1. */
export default defineMetric({
  id: 'total-return',
  title: 'Total return',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'Π (1 + r) − 1',
  source: 'CFA Institute, Global Investment Performance Standards, 2020',
  value: (s) => s.growth - 1,
  otherwise: 'it is beyond what a number can hold',
});
