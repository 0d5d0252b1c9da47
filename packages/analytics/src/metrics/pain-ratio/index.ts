import { defineMetric } from '../../statistics/metric.ts';

/** Pain ratio: (annual return − rf) ÷ pain index. */
export default defineMetric({
  id: 'pain-ratio',
  title: 'Pain ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(annual return − rf) ÷ pain index',
  source:
    'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, p. 89 (after T. Becker)',
  value: (s) => ((s.cagr - s.riskFreeYear) * s.n) / s.path.sum,
  otherwise: 'it never fell',
});
