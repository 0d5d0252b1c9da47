import { defineMetric } from '../../statistics/metric.ts';

/** Up capture of means: mean(r) ÷ mean(b) on periods in which the benchmark rose. */
export default defineMetric({
  id: 'up-capture-mean',
  title: 'Up capture of means',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: 'mean(r) ÷ mean(b) on periods in which the benchmark rose',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => s.up.sum / s.up.benchmarkSum,
  otherwise: 'the benchmark never rose',
});
