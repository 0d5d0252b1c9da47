import { defineMetric } from '../../statistics/metric.ts';

/** Tracking error a year: √p × sample deviation of r − b. */
export default defineMetric({
  id: 'tracking-error',
  title: 'Tracking error a year',
  section: 'benchmark',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 2, benchmark: true },
  formula: '√p × sample deviation of r − b',
  source: 'R. C. Grinold, R. N. Kahn, Active portfolio management, 1999',
  value: (s) => s.activeDeviation * Math.sqrt(s.perYear),
  otherwise: 'there are too few returns',
});
