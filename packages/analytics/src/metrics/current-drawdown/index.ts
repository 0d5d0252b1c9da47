import { defineMetric } from '../../statistics/metric.ts';

/** Drawdown at the end: 1 − W(n) ÷ max(1, W). */
export default defineMetric({
  id: 'current-drawdown',
  title: 'Drawdown at the end',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '1 − W(n) ÷ max(1, W)',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.path.depths[s.n - 1],
  otherwise: 'there is no return',
});
