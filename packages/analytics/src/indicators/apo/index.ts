import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import {
  averageKind,
  movingAverage,
  movingAverageWarmUp,
} from '../../indicator/smoothing/moving-average.ts';

export default defineIndicator({
  id: 'apo',
  group: 'momentum',
  title: 'Absolute price oscillator',
  summary: 'A fast average less a slow one.',
  formula: 'average(value, fast) − average(value, slow)',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: {
    fast: period(12, 'Fast period'),
    slow: period(26, 'Slow period'),
    average: { ...averageKind, default: 'exponential' },
  },
  needs: ['value'],
  outputs: ['apo'],
  warmUp: ({ fast, slow, average }) => movingAverageWarmUp(average, Math.max(fast, slow)),
  start: ({ fast, slow, average }) => {
    const quick = movingAverage(average, fast);
    const steady = movingAverage(average, slow);
    return {
      advance({ value }, from, until, [apo]) {
        for (let i = from; i < until; i++) apo[i] = quick.next(value[i]) - steady.next(value[i]);
      },
    };
  },
});
