import { defineMetric } from '../../statistics/metric.ts';

/** Average loss: mean of r < 0, a negative number. */
export default defineMetric({
  id: 'average-loss',
  title: 'Average loss',
  section: 'winning',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'mean of r < 0, a negative number',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => -s.sides.lost / s.sides.losses,
  otherwise: 'no return is negative',
});
