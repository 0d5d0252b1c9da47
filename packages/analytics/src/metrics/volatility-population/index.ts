import { defineMetric } from '../../statistics/metric.ts';

/** Volatility a year (population): √(p × Σ (r − r̄)² ÷ n). */
export default defineMetric({
  id: 'volatility-population',
  title: 'Volatility a year (population)',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '√(p × Σ (r − r̄)² ÷ n)',
  source: 'H. Markowitz, Portfolio selection, 1952',
  value: (s) => Math.sqrt(s.moments.m2 * s.perYear),
  otherwise: 'there is no return',
});
