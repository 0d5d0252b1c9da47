import { meanAbsoluteDeviation } from '../../statistics/mean-absolute-deviation.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Mean absolute deviation a period: Σ |r − r̄| ÷ n. */
export default defineMetric({
  id: 'mean-absolute-deviation',
  title: 'Mean absolute deviation a period',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'Σ |r − r̄| ÷ n',
  source: 'H. Konno, H. Yamazaki, Mean-absolute deviation portfolio optimization, 1991',
  value: (s) => meanAbsoluteDeviation(s),
  otherwise: 'there is no return',
});
