import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import {
  averageKind,
  movingAverage,
  movingAverageWarmUp,
} from '../../indicator/smoothing/moving-average.ts';

export default defineIndicator({
  id: 'envelope',
  group: 'channel',
  title: 'Moving average envelope',
  summary: 'An average with bands some percent above and below.',
  formula: 'middle = average(value, period), upper and lower = middle × (1 ± percent ÷ 100)',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(20), percent: factor(2.5, 'Percent'), average: averageKind },
  needs: ['value'],
  outputs: ['middle', 'upper', 'lower'],
  warmUp: ({ period, average }) => movingAverageWarmUp(average, period),
  start: ({ period, percent, average }) => {
    const centre = movingAverage(average, period);
    return {
      advance({ value }, from, until, [middle, upper, lower]) {
        for (let i = from; i < until; i++) {
          const now = centre.next(value[i]);
          middle[i] = now;
          upper[i] = now * (1 + percent / 100);
          lower[i] = now * (1 - percent / 100);
        }
      },
    };
  },
});
