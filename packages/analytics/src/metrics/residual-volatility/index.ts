import { defineMetric } from '../../statistics/metric.ts';

/** Residual volatility a year: √(p × Σ ε² ÷ (n − 2)). */
export default defineMetric({
  id: 'residual-volatility',
  title: 'Residual volatility a year',
  section: 'benchmark',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 3, benchmark: true },
  formula: '√(p × Σ ε² ÷ (n − 2))',
  source:
    'J. L. Treynor, F. Black, How to use security analysis to improve portfolio selection, 1973',
  value: (s) => Math.sqrt((s.line.squares / (s.n - 2)) * s.perYear),
  otherwise: 'the benchmark does not vary',
});
