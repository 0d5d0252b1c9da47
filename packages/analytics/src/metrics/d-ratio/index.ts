import { defineMetric } from '../../statistics/metric.ts';

/** d ratio: #(r < 0) × Σ max(0, −r) ÷ (#(r > 0) × Σ max(0, r)). */
export default defineMetric({
  id: 'd-ratio',
  title: 'd ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'lower',
  needs: { observations: 2 },
  formula: '#(r < 0) × Σ max(0, −r) ÷ (#(r > 0) × Σ max(0, r))',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.sides.losses * s.sides.lost) / (s.sides.gains * s.sides.gained),
  otherwise: 'no return is positive',
});
