import { alphaT } from '../../statistics/against-benchmark.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** t of alpha: α ÷ √(Σ ε² ÷ (n − 2) × (1 ÷ n + b̄² ÷ Σ (b − b̄)²)). */
export default defineMetric({
  id: 'alpha-t',
  title: 't of alpha',
  section: 'benchmark',
  unit: 'number',
  better: 'higher',
  needs: { observations: 3, benchmark: true },
  formula: 'α ÷ √(Σ ε² ÷ (n − 2) × (1 ÷ n + b̄² ÷ Σ (b − b̄)²))',
  source: 'M. C. Jensen, The performance of mutual funds in the period 1945–1964, 1968',
  value: (s) => alphaT(s),
  otherwise: 'the benchmark does not vary, or the returns lie on a line',
});
