import { defineMetric } from '../../statistics/metric.ts';

/** Appraisal ratio: p × α ÷ residual volatility. */
export default defineMetric({
  id: 'appraisal-ratio',
  title: 'Appraisal ratio',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 3, benchmark: true },
  formula: 'p × α ÷ residual volatility',
  source:
    'J. L. Treynor, F. Black, How to use security analysis to improve portfolio selection, 1973',
  value: (s) => (s.line.alpha * s.perYear) / Math.sqrt((s.line.squares / (s.n - 2)) * s.perYear),
  otherwise: 'the benchmark does not vary, or the returns lie on a line',
});
