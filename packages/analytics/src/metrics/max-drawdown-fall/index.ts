import { defineMetric } from '../../statistics/metric.ts';

/** Periods from the peak to the trough: trough − peak of the deepest drawdown. */
export default defineMetric({
  id: 'max-drawdown-fall',
  title: 'Periods from the peak to the trough',
  section: 'drawdown',
  unit: 'periods',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'trough − peak of the deepest drawdown',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.deepestEpisode?.trough ?? Number.NaN) - (s.deepestEpisode?.peak ?? 0),
  otherwise: 'it never fell',
});
