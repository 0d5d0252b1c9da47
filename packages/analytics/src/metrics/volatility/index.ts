import { defineMetric } from '../../statistics/metric.ts';

/** Volatility a year: √(p × Σ (r − r̄)² ÷ (n − 1)). */
export default defineMetric({
  id: 'volatility',
  title: 'Volatility a year',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2 },
  formula: '√(p × Σ (r − r̄)² ÷ (n − 1))',
  source: 'H. Markowitz, Portfolio selection, 1952',
  value: (s) => s.deviation * Math.sqrt(s.perYear),
  otherwise: 'there are too few returns',
});
