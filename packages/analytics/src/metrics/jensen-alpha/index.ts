import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Jensen’s alpha: R − rf − β (B − rf), R and B compounded a year. */
export default defineMetric({
  id: 'jensen-alpha',
  title: 'Jensen’s alpha',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'R − rf − β (B − rf), R and B compounded a year',
  source: 'M. C. Jensen, The performance of mutual funds in the period 1945–1964, 1968',
  value: (s) => s.cagr - s.riskFreeYear - s.line.beta * (benchmarkOf(s).cagr - s.riskFreeYear),
  otherwise: 'the benchmark does not vary',
});
