import { defineMetric } from '../../statistics/metric.ts';

/** Geometric mean return a period: (Π (1 + r))^(1 ÷ n) − 1. */
export default defineMetric({
  id: 'geometric-mean-return',
  title: 'Geometric mean return a period',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: '(Π (1 + r))^(1 ÷ n) − 1',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.growth ** (1 / s.n) - 1,
  otherwise: 'there is no return',
});
