import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Fama beta: volatility ÷ volatility of the benchmark. */
export default defineMetric({
  id: 'fama-beta',
  title: 'Fama beta',
  section: 'benchmark',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'volatility ÷ volatility of the benchmark',
  source: 'E. F. Fama, Components of investment performance, 1972',
  value: (s) => s.deviation / benchmarkOf(s).deviation,
  otherwise: 'the benchmark does not vary',
});
