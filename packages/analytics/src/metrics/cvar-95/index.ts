import { sortedTail } from '../../risk/historical.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Conditional value at risk, 95 %, one period: −mean of the worst 5 % of r. */
export default defineMetric({
  id: 'cvar-95',
  title: 'Conditional value at risk, 95 %, one period',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2 },
  formula: '−mean of the worst 5 % of r',
  source:
    'R. T. Rockafellar, S. Uryasev, Conditional value-at-risk for general loss distributions, 2002',
  note: 'Historical, with exactly that share of the observations; a positive number is a loss.',
  value: (s) => sortedTail(s.sorted, 0.95).cvar,
  otherwise: 'there are too few returns',
});
