import { defineMetric } from '../../statistics/metric.ts';

/** Upside potential ratio: (Σ max(0, r − target) ÷ n) ÷ √(Σ min(0, r − target)² ÷ n). */
export default defineMetric({
  id: 'upside-potential-ratio',
  title: 'Upside potential ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(Σ max(0, r − target) ÷ n) ÷ √(Σ min(0, r − target)² ÷ n)',
  source: 'F. A. Sortino, R. van der Meer, A. Plantinga, The Dutch triangle, 1999',
  value: (s) => s.targetSides.gained / s.n / s.downsideDeviation,
  otherwise: 'no return is below the target',
});
