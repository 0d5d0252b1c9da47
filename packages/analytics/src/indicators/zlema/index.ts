import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'zlema',
  group: 'average',
  title: 'Zero-lag exponential moving average',
  summary: 'An exponential average of values pushed ahead by their change over its delay.',
  formula: 'ema(2 × value − value of ⌊(period − 1) ÷ 2⌋ bars before)',
  source:
    'Ehlers and Way, Zero lag (well, almost), Technical Analysis of Stocks & Commodities, 2010',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['zlema'],
  warmUp: (params) => Math.floor((params.period - 1) / 2) + exponentialWarmUp(params.period),
  start: (params) => {
    const back = Math.floor((params.period - 1) / 2);
    const average = exponentialAverage(params.period);
    return {
      advance({ value }, from, until, [zlema]) {
        for (let i = from; i < until; i++) {
          zlema[i] = average.next(2 * value[i] - previous(value, i, back));
        }
      },
    };
  },
});
