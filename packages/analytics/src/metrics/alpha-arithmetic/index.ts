import { defineMetric } from '../../statistics/metric.ts';

/** Alpha a year (arithmetic): p × α. */
export default defineMetric({
  id: 'alpha-arithmetic',
  title: 'Alpha a year (arithmetic)',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'p × α',
  source: 'M. C. Jensen, The performance of mutual funds in the period 1945–1964, 1968',
  value: (s) => s.line.alpha * s.perYear,
  otherwise: 'the benchmark does not vary',
});
