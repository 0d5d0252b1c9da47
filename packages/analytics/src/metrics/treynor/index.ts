import { defineMetric } from '../../statistics/metric.ts';

/** Treynor ratio: p × mean(r − rf) ÷ β. */
export default defineMetric({
  id: 'treynor',
  title: 'Treynor ratio',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'p × mean(r − rf) ÷ β',
  source: 'J. L. Treynor, How to rate management of investment funds, 1965',
  value: (s) => (s.excessMoments.mean * s.perYear) / s.line.beta,
  otherwise: 'the benchmark does not vary, or beta is zero',
});
