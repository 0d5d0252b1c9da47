import { correlationOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** R²: cov(r, b)² ÷ (var(r) var(b)). */
export default defineMetric({
  id: 'r-squared',
  title: 'R²',
  section: 'benchmark',
  unit: 'fraction',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'cov(r, b)² ÷ (var(r) var(b))',
  source: 'K. Pearson, Notes on regression and inheritance in the case of two parents, 1895',
  value: (s) => correlationOf(s.line) ** 2,
  otherwise: 'the benchmark does not vary, or the returns do not',
});
