import { defineMetric } from '../../statistics/metric.ts';

/** Drawdowns: number of falls from a high. */
export default defineMetric({
  id: 'drawdown-count',
  title: 'Drawdowns',
  section: 'drawdown',
  unit: 'count',
  better: 'neither',
  needs: { observations: 1 },
  formula: 'number of falls from a high',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.episodes.length,
  otherwise: 'there is no return',
});
