import { defineMetric } from '../../statistics/metric.ts';
import { deviationOf } from '../../statistics/return-sample.ts';

/** Volatility of log returns a year: √p × sample deviation of log(1 + r). */
export default defineMetric({
  id: 'volatility-log',
  title: 'Volatility of log returns a year',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2 },
  formula: '√p × sample deviation of log(1 + r)',
  source: 'H. Markowitz, Portfolio selection, 1952',
  value: (s) => deviationOf(s.logMoments) * Math.sqrt(s.perYear),
  otherwise: 'everything was lost',
});
