import { defineMetric } from '../../statistics/metric.ts';

/** Periods from the trough to recovery: recovery − trough of the deepest drawdown. */
export default defineMetric({
  id: 'max-drawdown-recovery',
  title: 'Periods from the trough to recovery',
  section: 'drawdown',
  unit: 'periods',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'recovery − trough of the deepest drawdown',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => (s.deepestEpisode?.recovered ?? Number.NaN) - (s.deepestEpisode?.trough ?? 0),
  otherwise: 'the deepest drawdown has not recovered, or there is none',
});
