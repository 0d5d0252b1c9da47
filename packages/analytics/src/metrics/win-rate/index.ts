import { defineMetric } from '../../statistics/metric.ts';

/** Win rate: #(r > 0) ÷ #(r ≠ 0). */
export default defineMetric({
  id: 'win-rate',
  title: 'Win rate',
  section: 'winning',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: '#(r > 0) ÷ #(r ≠ 0)',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => s.sides.gains / (s.sides.gains + s.sides.losses),
  otherwise: 'every return is zero',
});
