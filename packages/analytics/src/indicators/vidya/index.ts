import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'vidya',
  group: 'average',
  title: 'Variable index dynamic average',
  summary: 'An exponential average whose speed follows the momentum of the values.',
  formula:
    'vidya ← vidya + 2 ÷ (period + 1) × |cmo| ÷ 100 × (value − vidya), cmo over momentum bars, begun with the value',
  source:
    'Chande, Adapting moving averages to market volatility, Technical Analysis of Stocks & Commodities, 1992',
  params: { period: period(14), momentum: period(9, 'Momentum period') },
  needs: ['value'],
  outputs: ['vidya'],
  // Momentum is at a quarter of its greatest on the whole.
  warmUp: ({ period, momentum }) => momentum + 1 + 8 * settling(2 / (period + 1)),
  keeps: 'path',
  start: (params) => {
    const alpha = 2 / (params.period + 1);
    const rises = new RollingMean(params.momentum);
    const falls = new RollingMean(params.momentum);
    let average = Number.NaN;
    return {
      advance({ value }, from, until, [vidya]) {
        for (let i = from; i < until; i++) {
          const change = value[i] - previous(value, i);
          const up = rises.next(Math.max(change, 0));
          const down = falls.next(Math.max(-change, 0));
          const whole = up + down;
          if (Number.isNaN(whole)) {
            vidya[i] = Number.NaN;
            continue;
          }
          const share = whole === 0 ? 0 : Math.abs(up - down) / whole;
          average = Number.isNaN(average)
            ? value[i]
            : average + alpha * share * (value[i] - average);
          vidya[i] = average;
        }
      },
    };
  },
});
