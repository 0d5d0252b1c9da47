import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'schaff',
  group: 'momentum',
  title: 'Schaff trend cycle',
  summary: 'Where the difference of two averages stands in its own range of late, from 0 to 100.',
  formula:
    'sma(100 × (macd − min macd) ÷ (max macd − min macd), smooth) over cycle, macd = ema(fast) − ema(slow)',
  source: 'Schaff, Schaff trend cycle, 1999',
  params: {
    cycle: period(10, 'Cycle period'),
    fast: period(23, 'Fast period'),
    slow: period(50, 'Slow period'),
    smooth: period(3, 'Smoothing'),
  },
  needs: ['value'],
  outputs: ['schaff'],
  warmUp: ({ cycle, fast, slow, smooth }) =>
    exponentialWarmUp(Math.max(fast, slow)) + cycle + smooth,
  start: (params) => {
    const quick = exponentialAverage(params.fast);
    const steady = exponentialAverage(params.slow);
    const highest = rollingHighest(params.cycle);
    const lowest = rollingLowest(params.cycle);
    const smooth = new RollingMean(params.smooth);
    return {
      advance({ value }, from, until, [schaff]) {
        for (let i = from; i < until; i++) {
          const macd = quick.next(value[i]) - steady.next(value[i]);
          const bottom = lowest.next(macd);
          schaff[i] = smooth.next(100 * ratio(macd - bottom, highest.next(macd) - bottom));
        }
      },
    };
  },
});
