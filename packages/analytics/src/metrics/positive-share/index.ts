import { defineMetric } from '../../statistics/metric.ts';

/** Share of positive periods: #(r > 0) ÷ n. */
export default defineMetric({
  id: 'positive-share',
  title: 'Share of positive periods',
  section: 'winning',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: '#(r > 0) ÷ n',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.sides.gains / s.n,
  otherwise: 'there is no return',
});
