import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'tsi',
  group: 'momentum',
  title: 'True strength index',
  summary: 'Changes smoothed twice as a share of their sizes smoothed twice, from −100 to 100.',
  formula:
    '100 × ema(ema(change, period), smooth) ÷ ema(ema(|change|, period), smooth), signal = ema(tsi, signal)',
  source: 'Blau, Momentum, Direction, and Divergence, 1995',
  params: {
    period: period(25),
    smooth: period(13, 'Smoothing'),
    signal: period(7, 'Signal period'),
  },
  needs: ['value'],
  outputs: ['tsi', 'signal'],
  warmUp: ({ period, smooth, signal }) =>
    1 + exponentialWarmUp(period) + exponentialWarmUp(smooth) + exponentialWarmUp(signal),
  start: (params) => {
    const change1 = exponentialAverage(params.period);
    const change2 = exponentialAverage(params.smooth);
    const size1 = exponentialAverage(params.period);
    const size2 = exponentialAverage(params.smooth);
    const average = exponentialAverage(params.signal);
    return {
      advance({ value }, from, until, [tsi, signal]) {
        for (let i = from; i < until; i++) {
          const change = value[i] - previous(value, i);
          const net = change2.next(change1.next(change));
          tsi[i] = 100 * ratio(net, size2.next(size1.next(Math.abs(change))));
          signal[i] = average.next(tsi[i]);
        }
      },
    };
  },
});
