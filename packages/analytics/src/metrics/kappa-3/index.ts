import { defineMetric } from '../../statistics/metric.ts';

/** Kappa 3: mean(r − target) ÷ (Σ max(0, target − r)³ ÷ n)^(1/3), per period. */
export default defineMetric({
  id: 'kappa-3',
  title: 'Kappa 3',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'mean(r − target) ÷ (Σ max(0, target − r)³ ÷ n)^(1/3), per period',
  source:
    'P. D. Kaplan, J. A. Knowles, Kappa: a generalized downside risk-adjusted performance measure, 2004',
  value: (s) => s.aboveTarget / Math.cbrt(s.targetSides.lostCubes / s.n),
  otherwise: 'no return is below the target',
});
