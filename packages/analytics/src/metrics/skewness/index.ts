import { skewnessOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Skewness: G₁ = γ₃ × √(n (n − 1)) ÷ (n − 2). */
export default defineMetric({
  id: 'skewness',
  title: 'Skewness',
  section: 'distribution',
  unit: 'number',
  better: 'higher',
  needs: { observations: 3 },
  formula: 'G₁ = γ₃ × √(n (n − 1)) ÷ (n − 2)',
  source: 'D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998',
  value: (s) => (s.deviation > 0 ? skewnessOf(s.moments, 'sample') : Number.NaN),
  otherwise: 'the returns do not vary',
});
