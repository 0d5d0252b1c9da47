import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'pvo',
  group: 'volume',
  title: 'Percentage volume oscillator',
  summary:
    'A fast exponential average of volume against a slow one in percent, with its own average.',
  formula:
    'pvo = 100 × (ema(volume, fast) − ema(volume, slow)) ÷ ema(volume, slow), signal = ema(pvo, signal), histogram = pvo − signal',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: {
    fast: period(12, 'Fast period'),
    slow: period(26, 'Slow period'),
    signal: period(9, 'Signal period'),
  },
  needs: ['volume'],
  outputs: ['pvo', 'signal', 'histogram'],
  warmUp: ({ fast, slow, signal }) =>
    exponentialWarmUp(Math.max(fast, slow)) + exponentialWarmUp(signal),
  start: (params) => {
    const quick = exponentialAverage(params.fast);
    const steady = exponentialAverage(params.slow);
    const average = exponentialAverage(params.signal);
    return {
      advance({ volume }, from, until, [pvo, signal, histogram]) {
        for (let i = from; i < until; i++) {
          const slow = steady.next(volume[i]);
          pvo[i] = 100 * ratio(quick.next(volume[i]) - slow, slow);
          signal[i] = average.next(pvo[i]);
          histogram[i] = pvo[i] - signal[i];
        }
      },
    };
  },
});
