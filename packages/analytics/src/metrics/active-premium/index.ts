import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Active premium: R − B, both compounded a year. */
export default defineMetric({
  id: 'active-premium',
  title: 'Active premium',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: 'R − B, both compounded a year',
  source: 'R. C. Grinold, R. N. Kahn, Active portfolio management, 1999',
  value: (s) => s.cagr - benchmarkOf(s).cagr,
  otherwise: 'it is beyond what a number can hold',
});
