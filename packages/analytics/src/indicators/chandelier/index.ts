import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'chandelier',
  group: 'channel',
  title: 'Chandelier exit',
  summary: 'Stops some average true ranges from the highest high and the lowest low.',
  formula: 'long = max high − multiplier × atr, short = min low + multiplier × atr over period',
  source: 'Le Beau; Elder, Come into My Trading Room, 2002',
  params: { period: period(22), multiplier: factor(3, 'Multiplier') },
  needs: ['high', 'low', 'close'],
  outputs: ['long', 'short'],
  warmUp: (params) => 1 + wilderWarmUp(params.period),
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    const range = wilderAverage(params.period);
    return {
      advance({ high, low, close }, from, until, [long, short]) {
        for (let i = from; i < until; i++) {
          const away =
            params.multiplier * range.next(trueRange(high[i], low[i], previous(close, i)));
          long[i] = highest.next(high[i]) - away;
          short[i] = lowest.next(low[i]) + away;
        }
      },
    };
  },
});
