import { defineMetric } from '../../statistics/metric.ts';

/** Down percentage: share of the periods in which the benchmark fell in which the returns were above it. */
export default defineMetric({
  id: 'down-percent',
  title: 'Down percentage',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: 'share of the periods in which the benchmark fell in which the returns were above it',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.down.ahead / s.down.n,
  otherwise: 'the benchmark never fell',
});
