import { defineMetric } from '../../statistics/metric.ts';

/** Downside deviation a year: √(p × Σ min(0, r − target)² ÷ n). */
export default defineMetric({
  id: 'downside-deviation',
  title: 'Downside deviation a year',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '√(p × Σ min(0, r − target)² ÷ n)',
  source: 'F. A. Sortino, R. van der Meer, Downside risk, 1991',
  note: 'Over all n returns; the target is the risk-free rate.',
  value: (s) => s.downsideDeviation * Math.sqrt(s.perYear),
  otherwise: 'there is no return',
});
