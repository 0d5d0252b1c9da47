import { defineMetric } from '../../statistics/metric.ts';

/** Standard error of the Sharpe ratio (independent normal returns): √(p × (1 + SR² ÷ 2) ÷ n), SR per period. */
export default defineMetric({
  id: 'sharpe-standard-error-normal',
  title: 'Standard error of the Sharpe ratio (independent normal returns)',
  section: 'significance',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 2 },
  formula: '√(p × (1 + SR² ÷ 2) ÷ n), SR per period',
  source: 'A. W. Lo, The statistics of Sharpe ratios, 2002',
  value: (s) => Math.sqrt(((1 + s.sharpe ** 2 / 2) / s.n) * s.perYear),
  otherwise: 'the returns do not vary beyond the risk-free rate',
});
