import { defineMetric } from '../../statistics/metric.ts';

/** Timing ratio: beta when it rose ÷ beta when it fell. */
export default defineMetric({
  id: 'timing-ratio',
  title: 'Timing ratio',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: 'beta when it rose ÷ beta when it fell',
  source: 'R. D. Henriksson, R. C. Merton, On market timing and investment performance, 1981',
  value: (s) => s.upLine.beta / s.downLine.beta,
  otherwise: 'the benchmark rose or fell fewer than twice',
});
