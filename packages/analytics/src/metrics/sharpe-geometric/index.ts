import { defineMetric } from '../../statistics/metric.ts';

/** Sharpe ratio (geometric): (annual return − rf) ÷ volatility. */
export default defineMetric({
  id: 'sharpe-geometric',
  title: 'Sharpe ratio (geometric)',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(annual return − rf) ÷ volatility',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.cagr - s.riskFreeYear) / (s.deviation * Math.sqrt(s.perYear)),
  otherwise: 'the returns do not vary',
});
