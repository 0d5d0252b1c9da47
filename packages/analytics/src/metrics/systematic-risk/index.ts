import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Systematic risk a year: β × volatility of b − rf. */
export default defineMetric({
  id: 'systematic-risk',
  title: 'Systematic risk a year',
  section: 'benchmark',
  unit: 'fraction',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'β × volatility of b − rf',
  source:
    'W. F. Sharpe, Capital asset prices: a theory of market equilibrium under conditions of risk, 1964',
  value: (s) => s.line.beta * benchmarkOf(s).excessDeviation * Math.sqrt(s.perYear),
  otherwise: 'the benchmark does not vary',
});
