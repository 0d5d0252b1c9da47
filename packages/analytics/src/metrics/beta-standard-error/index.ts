import { defineMetric } from '../../statistics/metric.ts';

/** Standard error of beta: √(Σ ε² ÷ (n − 2) ÷ Σ (b − b̄)²). */
export default defineMetric({
  id: 'beta-standard-error',
  title: 'Standard error of beta',
  section: 'benchmark',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 3, benchmark: true },
  formula: '√(Σ ε² ÷ (n − 2) ÷ Σ (b − b̄)²)',
  source:
    'W. F. Sharpe, Capital asset prices: a theory of market equilibrium under conditions of risk, 1964',
  value: (s) => Math.sqrt(s.line.squares / (s.n - 2) / s.line.xx),
  otherwise: 'the benchmark does not vary',
});
