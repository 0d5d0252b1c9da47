import { defineMetric } from '../../statistics/metric.ts';
import { kellyOfWins } from '../../statistics/win-statistics.ts';

/** Kelly share (win and payoff): win rate − (1 − win rate) ÷ payoff ratio. */
export default defineMetric({
  id: 'kelly',
  title: 'Kelly share (win and payoff)',
  section: 'winning',
  unit: 'fraction',
  better: 'neither',
  needs: { observations: 2 },
  formula: 'win rate − (1 − win rate) ÷ payoff ratio',
  source: 'J. L. Kelly, A new interpretation of information rate, 1956',
  value: (s) => kellyOfWins(s),
  otherwise: 'there is no win, or no loss',
});
