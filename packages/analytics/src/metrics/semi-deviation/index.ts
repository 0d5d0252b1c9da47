import { gainsAndLosses } from '../../statistics/gains-and-losses.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Semi-deviation a year: √(p × Σ min(0, r − r̄)² ÷ n). */
export default defineMetric({
  id: 'semi-deviation',
  title: 'Semi-deviation a year',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '√(p × Σ min(0, r − r̄)² ÷ n)',
  source:
    'H. Markowitz, Portfolio selection: efficient diversification of investments, 1959, ch. 9',
  value: (s) =>
    Math.sqrt((gainsAndLosses(s.returns, s.moments.mean).lostSquares / s.n) * s.perYear),
  otherwise: 'there is no return',
});
