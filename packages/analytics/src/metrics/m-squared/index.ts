import { benchmarkOf } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** M²: rf + Sharpe ratio × volatility of (b − rf) a year. */
export default defineMetric({
  id: 'm-squared',
  title: 'M²',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'rf + Sharpe ratio × volatility of (b − rf) a year',
  source: 'F. Modigliani, L. Modigliani, Risk-adjusted performance, 1997',
  value: (s) => s.sharpe * benchmarkOf(s).excessDeviation * s.perYear + s.riskFreeYear,
  otherwise: 'the returns do not vary beyond the risk-free rate',
});
