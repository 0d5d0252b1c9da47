import { defineMetric } from '../../statistics/metric.ts';

/** Down number: share of the periods in which the benchmark fell in which the returns fell too. */
export default defineMetric({
  id: 'down-number',
  title: 'Down number',
  section: 'benchmark',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1, benchmark: true },
  formula: 'share of the periods in which the benchmark fell in which the returns fell too',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.down.together / s.down.n,
  otherwise: 'the benchmark never fell',
});
