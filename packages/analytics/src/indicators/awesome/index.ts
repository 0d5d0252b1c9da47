import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'awesome',
  group: 'momentum',
  title: 'Awesome oscillator',
  summary:
    'A short simple average of the middle of bars less a long one, also in percent of the middle.',
  formula:
    'sma(middle, fast) − sma(middle, slow), middle = (high + low) ÷ 2; percent = 100 × that ÷ middle',
  source: 'Williams, New Trading Dimensions, 1998',
  params: { fast: period(5, 'Fast period'), slow: period(34, 'Slow period') },
  needs: ['high', 'low'],
  outputs: ['awesome', 'percent'],
  warmUp: ({ fast, slow }) => Math.max(fast, slow),
  start: (params) => {
    const quick = new RollingMean(params.fast);
    const steady = new RollingMean(params.slow);
    return {
      advance({ high, low }, from, until, [awesome, percent]) {
        for (let i = from; i < until; i++) {
          const middle = (high[i] + low[i]) / 2;
          awesome[i] = quick.next(middle) - steady.next(middle);
          percent[i] = 100 * ratio(awesome[i], middle);
        }
      },
    };
  },
});
