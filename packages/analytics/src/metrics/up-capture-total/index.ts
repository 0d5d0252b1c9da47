import { defineMetric } from '../../statistics/metric.ts';

/** Up capture of totals: (Π (1 + r) − 1) ÷ (Π (1 + b) − 1) on periods in which the benchmark rose. */
export default defineMetric({
  id: 'up-capture-total',
  title: 'Up capture of totals',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: '(Π (1 + r) − 1) ÷ (Π (1 + b) − 1) on periods in which the benchmark rose',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.up.growth - 1) / (s.up.benchmarkGrowth - 1),
  otherwise: 'the benchmark never rose',
});
