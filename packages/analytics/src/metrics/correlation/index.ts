import { correlationOf } from '@plimsoll/quant/statistics';
import { defineMetric } from '../../statistics/metric.ts';

/** Correlation: cov(r, b) ÷ √(var(r) var(b)). */
export default defineMetric({
  id: 'correlation',
  title: 'Correlation',
  section: 'benchmark',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'cov(r, b) ÷ √(var(r) var(b))',
  source: 'K. Pearson, Notes on regression and inheritance in the case of two parents, 1895',
  value: (s) => correlationOf(s.line),
  otherwise: 'the benchmark does not vary, or the returns do not',
});
