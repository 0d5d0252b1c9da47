import { defineMetric } from '../../statistics/metric.ts';

/** Payoff ratio: average win ÷ −average loss. */
export default defineMetric({
  id: 'payoff',
  title: 'Payoff ratio',
  section: 'winning',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'average win ÷ −average loss',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => (s.sides.gained * s.sides.losses) / (s.sides.gains * s.sides.lost),
  otherwise: 'there is no win, or no loss',
});
