import { defineMetric } from '../../statistics/metric.ts';

/** Gain to pain: Σ r ÷ Σ max(0, −r). */
export default defineMetric({
  id: 'gain-to-pain',
  title: 'Gain to pain',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'Σ r ÷ Σ max(0, −r)',
  source: 'J. D. Schwager, Hedge fund market wizards, 2012',
  value: (s) => (s.sides.gained - s.sides.lost) / s.sides.lost,
  otherwise: 'no return is negative',
});
