import { defineMetric } from '../../statistics/metric.ts';

/** Share of time under water: #(d > 0) ÷ n. */
export default defineMetric({
  id: 'time-under-water',
  title: 'Share of time under water',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '#(d > 0) ÷ n',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.path.underWater / s.n,
  otherwise: 'there is no return',
});
