import { chiSquareSf } from '@plimsoll/quant/distributions';
import { ljungBox } from '../../statistics/ljung-box.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Chance of such a Ljung–Box statistic: 1 − χ²(Q; 10). */
export default defineMetric({
  id: 'ljung-box-p',
  title: 'Chance of such a Ljung–Box statistic',
  section: 'distribution',
  unit: 'fraction',
  better: 'neither',
  needs: { observations: 12 },
  formula: '1 − χ²(Q; 10)',
  source: 'G. M. Ljung, G. E. P. Box, On a measure of lack of fit in time series models, 1978',
  note: 'Small means: autocorrelated.',
  value: (s) => chiSquareSf(ljungBox(s, 10), 10),
  otherwise: 'the returns do not vary',
});
