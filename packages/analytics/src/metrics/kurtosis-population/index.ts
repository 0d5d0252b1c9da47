import { kurtosisOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Excess kurtosis (population): g₂ = m₄ ÷ m₂² − 3. */
export default defineMetric({
  id: 'kurtosis-population',
  title: 'Excess kurtosis (population)',
  section: 'distribution',
  unit: 'number',
  better: 'lower',
  needs: { observations: 2 },
  formula: 'g₂ = m₄ ÷ m₂² − 3',
  source: 'D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998',
  value: (s) => (s.deviation > 0 ? kurtosisOf(s.moments, 'population') : Number.NaN),
  otherwise: 'the returns do not vary',
});
