import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { TrailingBand } from '../../indicator/trailing-band.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'supertrend',
  group: 'trend',
  title: 'Supertrend',
  summary: 'A stop some average ranges from the middle of the bar that moves only with the trend.',
  formula:
    'bands = (high + low) ÷ 2 ± multiplier × atr(period), the lower only rises and the upper only falls until the close before is beyond; supertrend = the lower band in a rise (direction 1), else the upper (−1)',
  source: 'Seban, Supertrend, 2009',
  params: { period: period(10), multiplier: factor(3, 'Multiplier') },
  needs: ['high', 'low', 'close'],
  outputs: ['supertrend', 'direction'],
  warmUp: (params) => 100 + 1 + wilderWarmUp(params.period),
  keeps: 'path',
  start: (params) => {
    const average = wilderAverage(params.period);
    const band = new TrailingBand();
    return {
      advance({ high, low, close }, from, until, [supertrend, direction]) {
        for (let i = from; i < until; i++) {
          const before = previous(close, i);
          const away = params.multiplier * average.next(trueRange(high[i], low[i], before));
          const middle = (high[i] + low[i]) / 2;
          band.next(middle - away, middle + away, { close: close[i], before, startAbove: middle });
          supertrend[i] = band.stop;
          direction[i] = band.direction;
        }
      },
    };
  },
});
