import { defineMetric } from '../../statistics/metric.ts';

/** Martin ratio (Ulcer performance index): (annual return − rf) ÷ Ulcer index. */
export default defineMetric({
  id: 'martin',
  title: 'Martin ratio (Ulcer performance index)',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(annual return − rf) ÷ Ulcer index',
  source: 'P. G. Martin, B. B. McCann, The investor’s guide to Fidelity funds, 1989',
  value: (s) => (s.cagr - s.riskFreeYear) / Math.sqrt(s.path.squares / s.n),
  otherwise: 'it never fell',
});
