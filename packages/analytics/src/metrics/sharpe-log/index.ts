import { defineMetric } from '../../statistics/metric.ts';
import { deviationOf } from '../../statistics/return-sample.ts';

/** Sharpe ratio (log returns): √p × mean(log(1 + r) − log(1 + rf)) ÷ its sample deviation. */
export default defineMetric({
  id: 'sharpe-log',
  title: 'Sharpe ratio (log returns)',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '√p × mean(log(1 + r) − log(1 + rf)) ÷ its sample deviation',
  source: 'W. F. Sharpe, The Sharpe ratio, 1994',
  value: (s) => (s.logMoments.mean / deviationOf(s.logMoments)) * Math.sqrt(s.perYear),
  otherwise: 'the returns do not vary, or everything was lost',
});
