import { defineMetric } from '../../statistics/metric.ts';

/** Information ratio: √p × mean(r − b) ÷ sample deviation(r − b). */
export default defineMetric({
  id: 'information-ratio',
  title: 'Information ratio',
  section: 'benchmark',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2, benchmark: true },
  formula: '√p × mean(r − b) ÷ sample deviation(r − b)',
  source: 'R. C. Grinold, R. N. Kahn, Active portfolio management, 1999',
  value: (s) => (s.active.mean / s.activeDeviation) * Math.sqrt(s.perYear),
  otherwise: 'the returns do not differ from the benchmark but by a constant',
});
