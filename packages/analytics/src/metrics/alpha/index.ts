import { defineMetric } from '../../statistics/metric.ts';

/** Alpha a year (compounded): (1 + α)^p − 1, α = mean(r − rf) − β mean(b − rf). */
export default defineMetric({
  id: 'alpha',
  title: 'Alpha a year (compounded)',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: '(1 + α)^p − 1, α = mean(r − rf) − β mean(b − rf)',
  source: 'M. C. Jensen, The performance of mutual funds in the period 1945–1964, 1968',
  value: (s) => (1 + s.line.alpha) ** s.perYear - 1,
  otherwise: 'the benchmark does not vary',
});
