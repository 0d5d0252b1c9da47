import { meanOverEpisodes } from '../../statistics/mean-over-episodes.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Average drawdown: mean depth of the drawdowns. */
export default defineMetric({
  id: 'average-drawdown',
  title: 'Average drawdown',
  section: 'drawdown',
  unit: 'fraction',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'mean depth of the drawdowns',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => meanOverEpisodes(s, ({ depth }) => depth),
  otherwise: 'it never fell',
});
