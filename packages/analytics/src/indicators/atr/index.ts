import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'atr',
  group: 'volatility',
  title: 'Average true range',
  summary: 'The smoothed true range, in the unit of the price and in percent of the close.',
  formula:
    'atr ← atr + (true range − atr) ÷ period, begun with the mean of the first period true ranges; percent = 100 × atr ÷ close',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: { period: period(14) },
  needs: ['high', 'low', 'close'],
  outputs: ['atr', 'percent'],
  warmUp: (params) => 1 + wilderWarmUp(params.period),
  start: (params) => {
    const average = wilderAverage(params.period);
    return {
      advance({ high, low, close }, from, until, [atr, percent]) {
        for (let i = from; i < until; i++) {
          const range = average.next(trueRange(high[i], low[i], previous(close, i)));
          atr[i] = range;
          percent[i] = 100 * ratio(range, close[i]);
        }
      },
    };
  },
});
