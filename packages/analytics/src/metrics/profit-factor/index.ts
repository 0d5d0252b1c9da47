import { defineMetric } from '../../statistics/metric.ts';

/** Profit factor: Σ max(0, r) ÷ Σ max(0, −r). */
export default defineMetric({
  id: 'profit-factor',
  title: 'Profit factor',
  section: 'winning',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'Σ max(0, r) ÷ Σ max(0, −r)',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => s.sides.gained / s.sides.lost,
  otherwise: 'no return is negative',
});
