import { defineMetric } from '../../statistics/metric.ts';

/** Active return a year (arithmetic): p × mean(r − b). */
export default defineMetric({
  id: 'active-return',
  title: 'Active return a year (arithmetic)',
  section: 'benchmark',
  unit: 'fraction',
  better: 'higher',
  needs: { observations: 1, benchmark: true },
  formula: 'p × mean(r − b)',
  source: 'R. C. Grinold, R. N. Kahn, Active portfolio management, 1999',
  value: (s) => s.active.mean * s.perYear,
  otherwise: 'there is no return',
});
