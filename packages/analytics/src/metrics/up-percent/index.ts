import { defineMetric } from '../../statistics/metric.ts';

/** Up percentage: share of the periods in which the benchmark rose in which the returns were above it. */
export default defineMetric({
  id: 'up-percent',
  title: 'Up percentage',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: 'share of the periods in which the benchmark rose in which the returns were above it',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.up.ahead / s.up.n,
  otherwise: 'the benchmark never rose',
});
