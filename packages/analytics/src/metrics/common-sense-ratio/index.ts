import { defineMetric } from '../../statistics/metric.ts';

/** Common sense ratio: profit factor × tail ratio. */
export default defineMetric({
  id: 'common-sense-ratio',
  title: 'Common sense ratio',
  section: 'ratio',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: 'profit factor × tail ratio',
  source: 'R. Aroussi, QuantStats, 2019',
  value: (s) =>
    ((s.sides.gained / s.sides.lost) * Math.abs(s.quantile(0.95))) / Math.abs(s.quantile(0.05)),
  otherwise: 'no return is negative',
});
