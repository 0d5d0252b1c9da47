import { defineMetric } from '../../statistics/metric.ts';

/** Longest row of wins: most r > 0 in a row. */
export default defineMetric({
  id: 'longest-wins',
  title: 'Longest row of wins',
  section: 'winning',
  unit: 'count',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'most r > 0 in a row',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => s.sides.gainsInRow,
  otherwise: 'there is no return',
});
