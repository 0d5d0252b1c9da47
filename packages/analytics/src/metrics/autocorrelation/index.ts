import { defineMetric } from '../../statistics/metric.ts';

/** Autocorrelation, lag 1: Σ (rₜ − r̄)(rₜ₊₁ − r̄) ÷ Σ (r − r̄)². */
export default defineMetric({
  id: 'autocorrelation',
  title: 'Autocorrelation, lag 1',
  section: 'distribution',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 3 },
  formula: 'Σ (rₜ − r̄)(rₜ₊₁ − r̄) ÷ Σ (r − r̄)²',
  source: 'G. E. P. Box, G. M. Jenkins, Time series analysis: forecasting and control, 1970',
  value: (s) => s.autocorrelation(1),
  otherwise: 'the returns do not vary',
});
