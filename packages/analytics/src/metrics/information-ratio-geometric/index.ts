import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Information ratio (compounded): (R − B) ÷ tracking error, R and B compounded a year. */
export default defineMetric({
  id: 'information-ratio-geometric',
  title: 'Information ratio (compounded)',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: '(R − B) ÷ tracking error, R and B compounded a year',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.cagr - benchmarkOf(s).cagr) / (s.activeDeviation * Math.sqrt(s.perYear)),
  otherwise: 'the returns do not differ from the benchmark but by a constant',
});
