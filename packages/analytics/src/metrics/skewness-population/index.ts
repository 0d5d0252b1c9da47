import { skewnessOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Skewness (population): γ₃ = m₃ ÷ m₂^(3/2). */
export default defineMetric({
  id: 'skewness-population',
  title: 'Skewness (population)',
  section: 'distribution',
  unit: 'number',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'γ₃ = m₃ ÷ m₂^(3/2)',
  source: 'D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998',
  value: (s) => (s.deviation > 0 ? skewnessOf(s.moments, 'population') : Number.NaN),
  otherwise: 'the returns do not vary',
});
