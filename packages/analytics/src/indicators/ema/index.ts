import { defineIndicator } from '../../indicator/define-indicator.ts';
import { beginning, period } from '../../indicator/indicator-parameters.ts';
import { averageFrom } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'ema',
  group: 'average',
  title: 'Exponential moving average',
  summary: 'An average in which each value counts less than the one after it by a fixed share.',
  formula: 'ema ← ema + 2 ÷ (period + 1) × (value − ema)',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(20), begin: beginning },
  needs: ['value'],
  outputs: ['ema'],
  warmUp: (params) => exponentialWarmUp(params.period),
  start: (params) => {
    const average = averageFrom(params.period, params.begin);
    return {
      advance({ value }, from, until, [ema]) {
        for (let i = from; i < until; i++) ema[i] = average.next(value[i]);
      },
    };
  },
});
