import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'ppo',
  group: 'momentum',
  title: 'Percentage price oscillator',
  summary: 'A fast exponential average against a slow one in percent, with its own average.',
  formula:
    'ppo = 100 × (ema(fast) − ema(slow)) ÷ ema(slow), signal = ema(ppo, signal), histogram = ppo − signal',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: {
    fast: period(12, 'Fast period'),
    slow: period(26, 'Slow period'),
    signal: period(9, 'Signal period'),
  },
  needs: ['value'],
  outputs: ['ppo', 'signal', 'histogram'],
  warmUp: ({ fast, slow, signal }) =>
    exponentialWarmUp(Math.max(fast, slow)) + exponentialWarmUp(signal),
  start: (params) => {
    const quick = exponentialAverage(params.fast);
    const steady = exponentialAverage(params.slow);
    const average = exponentialAverage(params.signal);
    return {
      advance({ value }, from, until, [ppo, signal, histogram]) {
        for (let i = from; i < until; i++) {
          const slow = steady.next(value[i]);
          const apart = 100 * ratio(quick.next(value[i]) - slow, slow);
          ppo[i] = apart;
          signal[i] = average.next(apart);
          histogram[i] = apart - signal[i];
        }
      },
    };
  },
});
