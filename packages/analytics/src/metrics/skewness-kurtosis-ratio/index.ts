import { kurtosisOf, skewnessOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Skewness ÷ kurtosis: γ₃ ÷ γ₄ of the population. */
export default defineMetric({
  id: 'skewness-kurtosis-ratio',
  title: 'Skewness ÷ kurtosis',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 4 },
  formula: 'γ₃ ÷ γ₄ of the population',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => skewnessOf(s.moments, 'population') / (kurtosisOf(s.moments, 'population') + 3),
  otherwise: 'the returns do not vary',
});
