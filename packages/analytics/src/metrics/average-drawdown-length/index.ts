import { meanOverEpisodes } from '../../statistics/mean-over-episodes.ts';
import { defineMetric } from '../../statistics/metric.ts';

/** Average length of a drawdown: mean number of periods under water of the drawdowns. */
export default defineMetric({
  id: 'average-drawdown-length',
  title: 'Average length of a drawdown',
  section: 'drawdown',
  unit: 'periods',
  better: 'lower',
  needs: { observations: 1 },
  formula: 'mean number of periods under water of the drawdowns',
  source: 'C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008',
  value: (s) => meanOverEpisodes(s, ({ length }) => length),
  otherwise: 'it never fell',
});
