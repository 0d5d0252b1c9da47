import { defineMetric } from '../../statistics/metric.ts';

/** Share of periods invested: #(r ≠ 0) ÷ n. */
export default defineMetric({
  id: 'exposure',
  title: 'Share of periods invested',
  section: 'return',
  unit: 'fraction',
  better: 'neither',
  needs: { observations: 1 },
  formula: '#(r ≠ 0) ÷ n',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) => (s.sides.gains + s.sides.losses) / s.n,
  otherwise: 'there is no return',
});
