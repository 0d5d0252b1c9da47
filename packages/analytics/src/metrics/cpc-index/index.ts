import { defineMetric } from '../../statistics/metric.ts';

/** CPC index: profit factor × win rate × payoff ratio. */
export default defineMetric({
  id: 'cpc-index',
  title: 'CPC index',
  section: 'winning',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'profit factor × win rate × payoff ratio',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) =>
    (s.sides.gained / s.sides.lost) ** 2 * (s.sides.losses / (s.sides.gains + s.sides.losses)),
  otherwise: 'no return is negative',
});
