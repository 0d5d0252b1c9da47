import { standardCoMoment } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Coskewness: mean((r − r̄)(b − b̄)²) ÷ (σᵣ σᵇ²). */
export default defineMetric({
  id: 'coskewness',
  title: 'Coskewness',
  section: 'benchmark',
  unit: 'number',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'mean((r − r̄)(b − b̄)²) ÷ (σᵣ σᵇ²)',
  source: 'C. R. Harvey, A. Siddique, Conditional skewness in asset pricing tests, 2000',
  value: (s) => standardCoMoment(s, 2),
  otherwise: 'the benchmark does not vary, or the returns do not',
});
