import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'mass-index',
  group: 'trend',
  title: 'Mass index',
  summary: 'Whether ranges widen, which may tell of a turn.',
  formula: 'Σ ema(range, smooth) ÷ ema(ema(range, smooth), smooth) over period',
  source: 'Dorsey, The mass index, Technical Analysis of Stocks & Commodities, 1992',
  params: { period: period(25), smooth: period(9, 'Smoothing') },
  needs: ['high', 'low'],
  outputs: ['mass'],
  warmUp: ({ period, smooth }) => 2 * exponentialWarmUp(smooth) + period,
  start: (params) => {
    const first = exponentialAverage(params.smooth);
    const second = exponentialAverage(params.smooth);
    const mean = new RollingMean(params.period);
    return {
      advance({ high, low }, from, until, [mass]) {
        for (let i = from; i < until; i++) {
          const once = first.next(high[i] - low[i]);
          mass[i] = params.period * mean.next(ratio(once, second.next(once)));
        }
      },
    };
  },
});
