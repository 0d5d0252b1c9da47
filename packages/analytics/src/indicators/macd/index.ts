import { defineIndicator } from '../../indicator/define-indicator.ts';
import { beginning, period } from '../../indicator/indicator-parameters.ts';
import { averageFrom } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'macd',
  group: 'momentum',
  title: 'Moving average convergence and divergence',
  summary:
    'A fast exponential average less a slow one, its own average, and the difference of both.',
  formula:
    'macd = ema(value, fast) − ema(value, slow), signal = ema(macd, signal), histogram = macd − signal',
  source: 'Appel, The Moving Average Convergence-Divergence Trading Method, 1985',
  params: {
    fast: period(12, 'Fast period'),
    slow: period(26, 'Slow period'),
    signal: period(9, 'Signal period'),
    begin: beginning,
  },
  needs: ['value'],
  outputs: ['macd', 'signal', 'histogram'],
  warmUp: ({ fast, slow, signal }) =>
    exponentialWarmUp(Math.max(fast, slow)) + exponentialWarmUp(signal),
  start: (params) => {
    const quick = averageFrom(params.fast, params.begin);
    const steady = averageFrom(params.slow, params.begin);
    const average = averageFrom(params.signal, params.begin);
    return {
      advance({ value }, from, until, [macd, signal, histogram]) {
        for (let i = from; i < until; i++) {
          const difference = quick.next(value[i]) - steady.next(value[i]);
          const smoothed = average.next(difference);
          macd[i] = difference;
          signal[i] = smoothed;
          histogram[i] = difference - smoothed;
        }
      },
    };
  },
});
