import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'starc',
  group: 'channel',
  title: 'Stoller average range channel',
  summary: 'A simple average with bands at some average true ranges.',
  formula: 'middle = sma(close, period), upper and lower = middle ± multiplier × atr(range)',
  source: 'Stoller, STARC bands, 1980s',
  params: {
    period: period(5),
    multiplier: factor(2, 'Multiplier'),
    range: period(10, 'Range period'),
  },
  needs: ['high', 'low', 'close'],
  outputs: ['middle', 'upper', 'lower'],
  warmUp: ({ period, range }) => 1 + Math.max(period, wilderWarmUp(range)),
  start: (params) => {
    const mean = new RollingMean(params.period);
    const range = wilderAverage(params.range);
    return {
      advance({ high, low, close }, from, until, [middle, upper, lower]) {
        for (let i = from; i < until; i++) {
          const centre = mean.next(close[i]);
          const away =
            params.multiplier * range.next(trueRange(high[i], low[i], previous(close, i)));
          middle[i] = centre;
          upper[i] = centre + away;
          lower[i] = centre - away;
        }
      },
    };
  },
});
