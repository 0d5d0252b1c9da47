import { sortedTail } from '../../risk/historical.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Value at risk, 99 %, one period: −quantile of r at 0.01, type 7. */
export default defineMetric({
  id: 'value-at-risk-99',
  title: 'Value at risk, 99 %, one period',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2 },
  formula: '−quantile of r at 0.01, type 7',
  source: 'P. Jorion, Value at risk, 2007',
  note: 'Historical; a positive number is a loss.',
  value: (s) => sortedTail(s.sorted, 0.99).valueAtRisk,
  otherwise: 'there are too few returns',
});
