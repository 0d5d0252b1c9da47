import { defineMetric } from '../../statistics/metric.ts';

/** Deepest drawdown: max over t of 1 − W(t) ÷ max(1, W(s ≤ t)). */
export default defineMetric({
  id: 'max-drawdown',
  title: 'Deepest drawdown',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'max over t of 1 − W(t) ÷ max(1, W(s ≤ t))',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  note: 'From the running maximum that includes the start.',
  value: (s) => s.path.deepest,
  otherwise: 'there is no return',
});
