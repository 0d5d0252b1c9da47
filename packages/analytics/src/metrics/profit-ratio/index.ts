import { defineMetric } from '../../statistics/metric.ts';

/** Profit ratio: (mean of r ≥ 0 ÷ their number) ÷ (mean of |r < 0| ÷ their number). */
export default defineMetric({
  id: 'profit-ratio',
  title: 'Profit ratio',
  section: 'winning',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(mean of r ≥ 0 ÷ their number) ÷ (mean of |r < 0| ÷ their number)',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) =>
    (s.sides.gained * s.sides.losses ** 2) / (s.sides.lost * (s.sides.gains + s.sides.even) ** 2),
  otherwise: 'no return is negative',
});
