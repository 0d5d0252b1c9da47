import { defineMetric } from '../../statistics/metric.ts';

/** Treynor ratio (compounded): (annual return − rf) ÷ β. */
export default defineMetric({
  id: 'treynor-geometric',
  title: 'Treynor ratio (compounded)',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: '(annual return − rf) ÷ β',
  source: 'J. L. Treynor, How to rate management of investment funds, 1965',
  value: (s) => (s.cagr - s.riskFreeYear) / s.line.beta,
  otherwise: 'the benchmark does not vary, or beta is zero',
});
