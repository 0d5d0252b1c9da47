import { defineMetric } from '../../statistics/metric.ts';

/** Burke ratio: (annual return − rf) ÷ √(Σ depth² of the drawdowns). */
export default defineMetric({
  id: 'burke',
  title: 'Burke ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(annual return − rf) ÷ √(Σ depth² of the drawdowns)',
  source: 'G. Burke, A sharper Sharpe ratio, 1994',
  value: (s) =>
    (s.cagr - s.riskFreeYear) /
    Math.sqrt(s.episodes.reduce((total, { depth }) => total + depth * depth, 0)),
  otherwise: 'it never fell',
});
