import { defineMetric } from '../../statistics/metric.ts';

/** Omega ratio: Σ max(0, r − target) ÷ Σ max(0, target − r). */
export default defineMetric({
  id: 'omega',
  title: 'Omega ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'Σ max(0, r − target) ÷ Σ max(0, target − r)',
  source: 'C. Keating, W. F. Shadwick, A universal performance measure, 2002',
  note: 'The target is the risk-free rate.',
  value: (s) => s.targetSides.gained / s.targetSides.lost,
  otherwise: 'no return is below the target',
});
