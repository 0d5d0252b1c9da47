import { defineMetric } from '../../statistics/metric.ts';

/** Outlier loss ratio: quantile at 0.01 ÷ mean of r < 0. */
export default defineMetric({
  id: 'outlier-loss-ratio',
  title: 'Outlier loss ratio',
  section: 'distribution',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 2 },
  formula: 'quantile at 0.01 ÷ mean of r < 0',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) => (-s.quantile(0.01) * s.sides.losses) / s.sides.lost,
  otherwise: 'no return is negative',
});
