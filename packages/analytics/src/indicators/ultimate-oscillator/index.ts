import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'ultimate-oscillator',
  group: 'momentum',
  title: 'Ultimate oscillator',
  summary: 'Buying pressure over three periods together, from 0 to 100.',
  formula:
    '100 × (4 a(short) + 2 a(middle) + a(long)) ÷ 7, a(n) = Σ (close − true low) ÷ Σ true range over n bars',
  source: 'Williams, The ultimate oscillator, Technical Analysis of Stocks & Commodities, 1985',
  params: {
    short: period(7, 'Short period'),
    middle: period(14, 'Middle period'),
    long: period(28, 'Long period'),
  },
  needs: ['high', 'low', 'close'],
  outputs: ['ultimate'],
  warmUp: ({ short, middle, long }) => Math.max(short, middle, long) + 1,
  start: ({ short, middle, long }) => {
    const pressures = [short, middle, long].map((bars) => new RollingMean(bars));
    const ranges = [short, middle, long].map((bars) => new RollingMean(bars));
    return {
      advance({ high, low, close }, from, until, [ultimate]) {
        for (let i = from; i < until; i++) {
          const before = previous(close, i);
          const bottom = Math.min(low[i], before);
          const pressure = close[i] - bottom;
          const range = Math.max(high[i], before) - bottom;
          let sum = 0;
          for (let k = 0; k < 3; k++) {
            sum += 2 ** (2 - k) * ratio(pressures[k].next(pressure), ranges[k].next(range));
          }
          ultimate[i] = (100 * sum) / 7;
        }
      },
    };
  },
});
