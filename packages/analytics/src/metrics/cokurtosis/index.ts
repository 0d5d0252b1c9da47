import { standardCoMoment } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Cokurtosis: mean((r − r̄)(b − b̄)³) ÷ (σᵣ σᵇ³). */
export default defineMetric({
  id: 'cokurtosis',
  title: 'Cokurtosis',
  section: 'benchmark',
  unit: 'number',
  better: 'lower',
  needs: { observations: 2, benchmark: true },
  formula: 'mean((r − r̄)(b − b̄)³) ÷ (σᵣ σᵇ³)',
  source: 'C. R. Harvey, A. Siddique, Conditional skewness in asset pricing tests, 2000',
  value: (s) => standardCoMoment(s, 3),
  otherwise: 'the benchmark does not vary, or the returns do not',
});
