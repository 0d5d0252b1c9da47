import { defineMetric } from '../../statistics/metric.ts';

/** Annual log return: p × Σ log(1 + r) ÷ n. */
export default defineMetric({
  id: 'annual-return-log',
  title: 'Annual log return',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'p × Σ log(1 + r) ÷ n',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.wealth[s.n - 1] > 0 ? (Math.log(s.growth) / s.n) * s.perYear : Number.NaN),
  otherwise: 'everything was lost',
});
