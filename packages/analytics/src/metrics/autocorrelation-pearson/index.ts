import { correlation } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Correlation with the return before: Pearson’s correlation of r₁ … rₙ₋₁ and r₂ … rₙ. */
export default defineMetric({
  id: 'autocorrelation-pearson',
  title: 'Correlation with the return before',
  section: 'distribution',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 3 },
  formula: 'Pearson’s correlation of r₁ … rₙ₋₁ and r₂ … rₙ',
  source: 'K. Pearson, Notes on regression and inheritance in the case of two parents, 1895',
  value: (s) =>
    s.deviation > 0
      ? correlation(s.returns.subarray(0, s.n - 1), s.returns.subarray(1))
      : Number.NaN,
  otherwise: 'the returns do not vary',
});
