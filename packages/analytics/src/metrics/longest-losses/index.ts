import { defineMetric } from '../../statistics/metric.ts';

/** Longest row of losses: most r < 0 in a row. */
export default defineMetric({
  id: 'longest-losses',
  title: 'Longest row of losses',
  section: 'winning',
  unit: 'count',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'most r < 0 in a row',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => s.sides.lossesInRow,
  otherwise: 'there is no return',
});
