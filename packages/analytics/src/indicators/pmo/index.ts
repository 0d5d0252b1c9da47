import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import {
  ExponentialAverage,
  exponentialAverage,
} from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'pmo',
  group: 'momentum',
  title: 'Price momentum oscillator',
  summary: 'The change of one bar in percent, smoothed twice, with its own average.',
  formula:
    'pmo = e(10 × e(100 × (value ÷ value before − 1), 2 ÷ period), 2 ÷ smooth), signal = ema(pmo, signal), e(x, α) begun with the mean of the first values',
  source: 'Swenlin, DecisionPoint price momentum oscillator, 1998',
  params: {
    period: period(35, 'Period', 2),
    smooth: period(20, 'Smoothing', 2),
    signal: period(10, 'Signal period'),
  },
  needs: ['value'],
  outputs: ['pmo', 'signal'],
  warmUp: ({ period, smooth, signal }) =>
    2 + exponentialWarmUp(period) + exponentialWarmUp(smooth) + exponentialWarmUp(signal),
  start: (params) => {
    const first = new ExponentialAverage(2 / params.period, params.period);
    const second = new ExponentialAverage(2 / params.smooth, params.smooth);
    const average = exponentialAverage(params.signal);
    return {
      advance({ value }, from, until, [pmo, signal]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i);
          const change = 100 * ratio(value[i] - before, before);
          pmo[i] = second.next(10 * first.next(change));
          signal[i] = average.next(pmo[i]);
        }
      },
    };
  },
});
