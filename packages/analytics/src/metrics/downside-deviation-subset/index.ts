import { defineMetric } from '../../statistics/metric.ts';

/** Downside deviation a year (of losses): √(p × Σ min(0, r − target)² ÷ #(r < target)). */
export default defineMetric({
  id: 'downside-deviation-subset',
  title: 'Downside deviation a year (of losses)',
  section: 'risk',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: '√(p × Σ min(0, r − target)² ÷ #(r < target))',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => Math.sqrt((s.targetSides.lostSquares / s.targetSides.losses) * s.perYear),
  otherwise: 'no return is below the target',
});
