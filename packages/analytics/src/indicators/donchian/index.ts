import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'donchian',
  group: 'channel',
  title: 'Donchian channel',
  summary: 'The highest high and the lowest low of the last bars, and what is between them.',
  formula:
    'upper = max high, lower = min low, over the last period bars (those before this one where newestLeftOut); middle = (upper + lower) ÷ 2; width = (upper − lower) ÷ middle',
  source: 'Donchian, High finance in copper, Financial Analysts Journal, 1960',
  params: {
    period: period(20),
    newestLeftOut: {
      kind: 'flag',
      title: 'Leave the newest bar out',
      help: 'Then a price beyond the channel is a breakout.',
      default: false,
    },
  },
  needs: ['high', 'low'],
  outputs: ['upper', 'lower', 'middle', 'width'],
  warmUp: (params) => params.period + (params.newestLeftOut ? 1 : 0),
  start: (params) => {
    const back = params.newestLeftOut ? 1 : 0;
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    return {
      advance({ high, low }, from, until, [upper, lower, middle, width]) {
        for (let i = from; i < until; i++) {
          const top = highest.next(previous(high, i, back));
          const bottom = lowest.next(previous(low, i, back));
          upper[i] = top;
          lower[i] = bottom;
          middle[i] = (top + bottom) / 2;
          width[i] = ratio(top - bottom, middle[i]);
        }
      },
    };
  },
});
