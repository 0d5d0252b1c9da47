import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'accelerator',
  group: 'momentum',
  title: 'Accelerator oscillator',
  summary: 'The awesome oscillator less its own average.',
  formula: 'awesome − sma(awesome, signal)',
  source: 'Williams, New Trading Dimensions, 1998',
  params: {
    fast: period(5, 'Fast period'),
    slow: period(34, 'Slow period'),
    signal: period(5, 'Signal period'),
  },
  needs: ['high', 'low'],
  outputs: ['accelerator'],
  warmUp: ({ fast, slow, signal }) => Math.max(fast, slow) + signal - 1,
  start: (params) => {
    const quick = new RollingMean(params.fast);
    const steady = new RollingMean(params.slow);
    const signal = new RollingMean(params.signal);
    return {
      advance({ high, low }, from, until, [accelerator]) {
        for (let i = from; i < until; i++) {
          const middle = (high[i] + low[i]) / 2;
          const awesome = quick.next(middle) - steady.next(middle);
          accelerator[i] = awesome - signal.next(awesome);
        }
      },
    };
  },
});
