import { defineMetric } from '../../statistics/metric.ts';

/** Average win: mean of r > 0. */
export default defineMetric({
  id: 'average-win',
  title: 'Average win',
  section: 'winning',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'mean of r > 0',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => s.sides.gained / s.sides.gains,
  otherwise: 'no return is positive',
});
