import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'roc-bands',
  group: 'momentum',
  title: 'Rate of change with bands',
  summary: 'The rate of change, its average, and how large it usually is.',
  formula:
    'roc = 100 × (value ÷ value of period bars before − 1), average = ema(roc, smooth), upper and lower = ±√(mean roc² over window)',
  source: 'Star, Rate of change with bands, Technical Analysis of Stocks & Commodities, 2003',
  params: {
    period: period(20),
    smooth: period(5, 'Smoothing'),
    window: period(5, 'Band window'),
  },
  needs: ['value'],
  outputs: ['roc', 'average', 'upper', 'lower'],
  warmUp: ({ period, smooth, window }) => period + 1 + Math.max(exponentialWarmUp(smooth), window),
  start: ({ period: back, smooth, window }) => {
    const smoothed = exponentialAverage(smooth);
    const squares = new RollingMean(window);
    return {
      advance({ value }, from, until, [roc, average, upper, lower]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i, back);
          const change = 100 * ratio(value[i] - before, before);
          const size = Math.sqrt(squares.next(change * change));
          roc[i] = change;
          average[i] = smoothed.next(change);
          upper[i] = size;
          lower[i] = -size;
        }
      },
    };
  },
});
