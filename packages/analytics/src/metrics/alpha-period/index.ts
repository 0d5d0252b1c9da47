import { defineMetric } from '../../statistics/metric.ts';

/** Alpha a period: α = mean(r − rf) − β mean(b − rf). */
export default defineMetric({
  id: 'alpha-period',
  title: 'Alpha a period',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'α = mean(r − rf) − β mean(b − rf)',
  source: 'M. C. Jensen, The performance of mutual funds in the period 1945–1964, 1968',
  value: (s) => s.line.alpha,
  otherwise: 'the benchmark does not vary',
});
