import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Net selectivity: Jensen’s alpha − (Fama beta − β)(B − rf). */
export default defineMetric({
  id: 'net-selectivity',
  title: 'Net selectivity',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'Jensen’s alpha − (Fama beta − β)(B − rf)',
  source: 'E. F. Fama, Components of investment performance, 1972',
  value: (s) =>
    s.cagr -
    s.riskFreeYear -
    (s.deviation / benchmarkOf(s).deviation) * (benchmarkOf(s).cagr - s.riskFreeYear),
  otherwise: 'the benchmark does not vary',
});
