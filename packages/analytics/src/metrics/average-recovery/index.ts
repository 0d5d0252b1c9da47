import { meanOverEpisodes } from '../../statistics/mean-over-episodes.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Average time to recovery: mean of recovery − trough over the drawdowns that recovered. */
export default defineMetric({
  id: 'average-recovery',
  title: 'Average time to recovery',
  section: 'drawdown',
  unit: 'periods',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'mean of recovery − trough over the drawdowns that recovered',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) =>
    meanOverEpisodes(s, ({ recovered, trough }) =>
      recovered === null ? null : recovered - trough,
    ),
  otherwise: 'no drawdown has recovered',
});
