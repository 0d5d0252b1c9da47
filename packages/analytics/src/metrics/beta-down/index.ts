import { defineMetric } from '../../statistics/metric.ts';

/** Beta when the benchmark fell: β over the periods with b − rf < 0. */
export default defineMetric({
  id: 'beta-down',
  title: 'Beta when the benchmark fell',
  section: 'benchmark',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'β over the periods with b − rf < 0',
  source: 'R. D. Henriksson, R. C. Merton, On market timing and investment performance, 1981',
  value: (s) => s.downLine.beta,
  otherwise: 'the benchmark fell fewer than twice',
});
