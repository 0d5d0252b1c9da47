import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { TrailingBand } from '../../indicator/trailing-band.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'atr-stop',
  group: 'trend',
  title: 'Average true range stop',
  summary: 'A stop some average ranges from the close that moves only with the trend.',
  formula:
    'bands = close ± multiplier × atr(period) (or from high and low), the lower only rises and the upper only falls until the close before is beyond; stop = the lower band in a rise (direction 1), else the upper (−1)',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: {
    period: period(21),
    multiplier: factor(3, 'Multiplier'),
    from: { kind: 'choice', title: 'Measured from', of: ['close', 'high-low'], default: 'close' },
  },
  needs: ['high', 'low', 'close'],
  outputs: ['stop', 'direction'],
  warmUp: (params) => 100 + 1 + wilderWarmUp(params.period),
  keeps: 'path',
  start: (params) => {
    const average = wilderAverage(params.period);
    const band = new TrailingBand();
    const isClose = params.from === 'close';
    return {
      advance({ high, low, close }, from, until, [stop, direction]) {
        for (let i = from; i < until; i++) {
          const before = previous(close, i);
          const away = params.multiplier * average.next(trueRange(high[i], low[i], before));
          const lower = (isClose ? close[i] : low[i]) - away;
          const upper = (isClose ? close[i] : high[i]) + away;
          band.next(lower, upper, { close: close[i], before, startAbove: before });
          stop[i] = band.stop;
          direction[i] = band.direction;
        }
      },
    };
  },
});
