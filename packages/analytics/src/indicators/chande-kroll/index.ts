import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'chande-kroll',
  group: 'channel',
  title: 'Chande Kroll stop',
  summary: 'The furthest of stops some average true ranges from highs and lows.',
  formula:
    'first high stop = max high − multiplier × atr, first low stop = min low + multiplier × atr over period; short = max first high stop, long = min first low stop over window',
  source: 'Chande and Kroll, The New Technical Trader, 1994',
  params: {
    period: period(10),
    multiplier: factor(1, 'Multiplier'),
    window: period(9, 'Stop window'),
  },
  needs: ['high', 'low', 'close'],
  outputs: ['long', 'short'],
  warmUp: ({ period, window }) => 1 + wilderWarmUp(period) + window,
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    const range = wilderAverage(params.period);
    const highestStop = rollingHighest(params.window);
    const lowestStop = rollingLowest(params.window);
    return {
      advance({ high, low, close }, from, until, [long, short]) {
        for (let i = from; i < until; i++) {
          const away =
            params.multiplier * range.next(trueRange(high[i], low[i], previous(close, i)));
          short[i] = highestStop.next(highest.next(high[i]) - away);
          long[i] = lowestStop.next(lowest.next(low[i]) + away);
        }
      },
    };
  },
});
