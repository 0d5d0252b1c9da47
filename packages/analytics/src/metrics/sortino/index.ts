import { defineMetric } from '../../statistics/metric.ts';

/** Sortino ratio: √p × mean(r − target) ÷ √(Σ min(0, r − target)² ÷ n). */
export default defineMetric({
  id: 'sortino',
  title: 'Sortino ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '√p × mean(r − target) ÷ √(Σ min(0, r − target)² ÷ n)',
  source: 'F. A. Sortino, R. van der Meer, Downside risk, 1991',
  note: 'The target is the risk-free rate.',
  value: (s) => (s.aboveTarget / s.downsideDeviation) * Math.sqrt(s.perYear),
  otherwise: 'no return is below the target',
});
