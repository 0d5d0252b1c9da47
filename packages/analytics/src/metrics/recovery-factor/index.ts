import { defineMetric } from '../../statistics/metric.ts';

/** Recovery factor: total return ÷ deepest drawdown. */
export default defineMetric({
  id: 'recovery-factor',
  title: 'Recovery factor',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'total return ÷ deepest drawdown',
  source: 'R. Pardo, The evaluation and optimization of trading strategies, 2008',
  value: (s) => (s.growth - 1) / s.path.deepest,
  otherwise: 'it never fell',
});
