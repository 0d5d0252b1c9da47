import { defineMetric } from '../../statistics/metric.ts';

/** Annual return over exposure: annual return ÷ exposure. */
export default defineMetric({
  id: 'return-over-exposure',
  title: 'Annual return over exposure',
  section: 'return',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1 },
  formula: 'annual return ÷ exposure',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) => (s.cagr * s.n) / (s.sides.gains + s.sides.losses),
  otherwise: 'every return is zero',
});
