import { defineMetric } from '../../statistics/metric.ts';

/** Down capture of means: mean(r) ÷ mean(b) on periods in which the benchmark fell. */
export default defineMetric({
  id: 'down-capture-mean',
  title: 'Down capture of means',
  section: 'benchmark',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 1, benchmark: true },
  formula: 'mean(r) ÷ mean(b) on periods in which the benchmark fell',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.down.sum / s.down.benchmarkSum,
  otherwise: 'the benchmark never fell',
});
