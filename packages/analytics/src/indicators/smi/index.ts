import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { averageFrom } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'smi',
  group: 'momentum',
  title: 'Stochastic momentum index',
  summary: 'Where the close stands from the middle of its range, smoothed twice, from −100 to 100.',
  formula:
    '100 × e(e(close − middle)) ÷ (e(e(range)) ÷ 2), middle and range of highs and lows over period, e = ema of first, then of second, begun with their first value; signal = ema(smi, signal)',
  source: 'Blau, Momentum, Direction, and Divergence, 1995',
  params: {
    period: period(13),
    first: period(25, 'First smoothing'),
    second: period(2, 'Second smoothing'),
    signal: period(3, 'Signal period'),
  },
  needs: ['high', 'low', 'close'],
  outputs: ['smi', 'signal'],
  warmUp: ({ period, first, second, signal }) =>
    period + exponentialWarmUp(first) + exponentialWarmUp(second) + exponentialWarmUp(signal),
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    const away1 = averageFrom(params.first, 'first');
    const away2 = averageFrom(params.second, 'first');
    const range1 = averageFrom(params.first, 'first');
    const range2 = averageFrom(params.second, 'first');
    const average = averageFrom(params.signal, 'first');
    return {
      advance({ high, low, close }, from, until, [smi, signal]) {
        for (let i = from; i < until; i++) {
          const top = highest.next(high[i]);
          const bottom = lowest.next(low[i]);
          const away = away2.next(away1.next(close[i] - (top + bottom) / 2));
          // Together, so that a close that is no number stops both.
          const range = range2.next(range1.next(top - bottom + 0 * close[i]));
          smi[i] = 100 * ratio(away, range / 2);
          signal[i] = average.next(smi[i]);
        }
      },
    };
  },
});
