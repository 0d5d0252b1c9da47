import { defineMetric } from '../../statistics/metric.ts';

/** Outlier win ratio: quantile at 0.99 ÷ mean of r ≥ 0. */
export default defineMetric({
  id: 'outlier-win-ratio',
  title: 'Outlier win ratio',
  section: 'distribution',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'quantile at 0.99 ÷ mean of r ≥ 0',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) => (s.quantile(0.99) * (s.sides.gains + s.sides.even)) / s.sides.gained,
  otherwise: 'no return is positive',
});
