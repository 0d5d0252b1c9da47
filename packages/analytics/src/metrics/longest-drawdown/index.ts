import { defineMetric } from '../../statistics/metric.ts';

/** Longest drawdown: most periods under water in a row. */
export default defineMetric({
  id: 'longest-drawdown',
  title: 'Longest drawdown',
  section: 'drawdown',
  unit: 'periods',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'most periods under water in a row',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.episodes.reduce((longest, { length }) => Math.max(longest, length), 0),
  otherwise: 'there is no return',
});
