import { ljungBox } from '../../statistics/ljung-box.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Ljung–Box statistic, 10 lags: n (n + 2) Σ ρₖ² ÷ (n − k), k = 1 … 10. */
export default defineMetric({
  id: 'ljung-box',
  title: 'Ljung–Box statistic, 10 lags',
  section: 'distribution',
  unit: 'number',
  better: 'neither',
  needs: { observations: 12 },
  formula: 'n (n + 2) Σ ρₖ² ÷ (n − k), k = 1 … 10',
  source: 'G. M. Ljung, G. E. P. Box, On a measure of lack of fit in time series models, 1978',
  value: (s) => ljungBox(s, 10),
  otherwise: 'the returns do not vary',
});
