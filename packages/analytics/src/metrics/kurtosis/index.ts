import { kurtosisOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Excess kurtosis: G₂ = (n − 1) ÷ ((n − 2)(n − 3)) × ((n + 1) g₂ + 6). */
export default defineMetric({
  id: 'kurtosis',
  title: 'Excess kurtosis',
  section: 'distribution',
  unit: 'number',
  better: 'lower',
  needs: { observations: 4 },
  formula: 'G₂ = (n − 1) ÷ ((n − 2)(n − 3)) × ((n + 1) g₂ + 6)',
  source: 'D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998',
  value: (s) => (s.deviation > 0 ? kurtosisOf(s.moments, 'sample') : Number.NaN),
  otherwise: 'the returns do not vary',
});
