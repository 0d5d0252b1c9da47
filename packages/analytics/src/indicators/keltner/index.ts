import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import {
  exponentialAverage,
  wilderAverage,
} from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp, wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'keltner',
  group: 'channel',
  title: 'Keltner channel',
  summary: 'An exponential average with bands at some average true ranges.',
  formula:
    'middle = ema(close, period), upper and lower = middle ± multiplier × atr(range), width = (upper − lower) ÷ middle',
  source: 'Keltner, How to Make Money in Commodities, 1960; Raschke, 1980s',
  params: {
    period: period(20),
    multiplier: factor(2, 'Multiplier'),
    range: period(10, 'Range period'),
  },
  needs: ['high', 'low', 'close'],
  outputs: ['middle', 'upper', 'lower', 'width'],
  warmUp: ({ period, range }) => 1 + Math.max(exponentialWarmUp(period), wilderWarmUp(range)),
  start: (params) => {
    const average = exponentialAverage(params.period);
    const range = wilderAverage(params.range);
    return {
      advance({ high, low, close }, from, until, [middle, upper, lower, width]) {
        for (let i = from; i < until; i++) {
          const centre = average.next(close[i]);
          const away =
            params.multiplier * range.next(trueRange(high[i], low[i], previous(close, i)));
          middle[i] = centre;
          upper[i] = centre + away;
          lower[i] = centre - away;
          width[i] = ratio(2 * away, centre);
        }
      },
    };
  },
});
