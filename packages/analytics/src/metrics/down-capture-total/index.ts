import { defineMetric } from '../../statistics/metric.ts';

/** Down capture of totals: (Π (1 + r) − 1) ÷ (Π (1 + b) − 1) on periods in which the benchmark fell. */
export default defineMetric({
  id: 'down-capture-total',
  title: 'Down capture of totals',
  section: 'benchmark',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 1, benchmark: true },
  formula: '(Π (1 + r) − 1) ÷ (Π (1 + b) − 1) on periods in which the benchmark fell',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.down.growth - 1) / (s.down.benchmarkGrowth - 1),
  otherwise: 'the benchmark never fell',
});
