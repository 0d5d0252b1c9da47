import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { RelativeStrength } from '../../indicator/smoothing/relative-strength.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

/** A range of the index, which goes from 0 to 100, that is made of rounding alone. */
const rounding = 1e-9;

export default defineIndicator({
  id: 'stochastic-rsi',
  group: 'momentum',
  title: 'Stochastic relative strength index',
  summary: 'Where the relative strength index stands in its own range of late, from 0 to 100.',
  formula:
    'k = sma(100 × (rsi − min rsi) ÷ (max rsi − min rsi), smooth) over window, d = sma(k, signal); none where rsi stands still',
  source: 'Chande and Kroll, The New Technical Trader, 1994',
  params: {
    period: period(14),
    window: period(14, 'Stochastic window'),
    smooth: period(1, 'Smoothing'),
    signal: period(3, 'Signal period'),
  },
  needs: ['value'],
  outputs: ['k', 'd'],
  warmUp: ({ period, window, smooth, signal }) =>
    1 + wilderWarmUp(period) + window + smooth + signal,
  start: (params) => {
    const strength = new RelativeStrength(params.period);
    const highest = rollingHighest(params.window);
    const lowest = rollingLowest(params.window);
    const smooth = new RollingMean(params.smooth);
    const signal = new RollingMean(params.signal);
    return {
      advance({ value }, from, until, [k, d]) {
        for (let i = from; i < until; i++) {
          const now = strength.next(value[i]);
          const bottom = lowest.next(now);
          const range = highest.next(now) - bottom;
          k[i] = smooth.next(range > rounding ? 100 * ((now - bottom) / range) : Number.NaN);
          d[i] = signal.next(k[i]);
        }
      },
    };
  },
});
