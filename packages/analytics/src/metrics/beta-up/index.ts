import { defineMetric } from '../../statistics/metric.ts';

/** Beta when the benchmark rose: β over the periods with b − rf > 0. */
export default defineMetric({
  id: 'beta-up',
  title: 'Beta when the benchmark rose',
  section: 'benchmark',
  unit: 'ratio',
  better: 'neither',
  needs: { observations: 2, benchmark: true },
  formula: 'β over the periods with b − rf > 0',
  source: 'R. D. Henriksson, R. C. Merton, On market timing and investment performance, 1981',
  value: (s) => s.upLine.beta,
  otherwise: 'the benchmark rose fewer than twice',
});
