import { defineMetric } from '../../statistics/metric.ts';

/** Up number: share of the periods in which the benchmark rose in which the returns rose too. */
export default defineMetric({
  id: 'up-number',
  title: 'Up number',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: 'share of the periods in which the benchmark rose in which the returns rose too',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.up.together / s.up.n,
  otherwise: 'the benchmark never rose',
});
