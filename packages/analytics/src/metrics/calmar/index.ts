import { defineMetric } from '../../statistics/metric.ts';

/** Calmar ratio: annual return ÷ deepest drawdown. */
export default defineMetric({
  id: 'calmar',
  title: 'Calmar ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'annual return ÷ deepest drawdown',
  source: 'T. W. Young, Calmar ratio: a smoother tool, 1991',
  note: 'Over the whole sample, not the last 36 months.',
  value: (s) => s.cagr / s.path.deepest,
  otherwise: 'it never fell',
});
