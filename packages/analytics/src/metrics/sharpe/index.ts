import { defineMetric } from '../../statistics/metric.ts';

/** Sharpe ratio: √p × mean(r − rf) ÷ sample deviation(r − rf). */
export default defineMetric({
  id: 'sharpe',
  title: 'Sharpe ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '√p × mean(r − rf) ÷ sample deviation(r − rf)',
  source: 'W. F. Sharpe, The Sharpe ratio, 1994',
  value: (s) => s.sharpe * Math.sqrt(s.perYear),
  otherwise: 'the returns do not vary beyond the risk-free rate',
});
