import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'smma',
  group: 'average',
  title: 'Smoothed moving average',
  summary: 'Wilder’s average: each value changes it by one part in period.',
  formula: 'smma ← smma + (value − smma) ÷ period, begun with the mean of the first period values',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['smma'],
  warmUp: (params) => wilderWarmUp(params.period),
  start: (params) => {
    const average = wilderAverage(params.period);
    return {
      advance({ value }, from, until, [smma]) {
        for (let i = from; i < until; i++) smma[i] = average.next(value[i]);
      },
    };
  },
});
