import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { BarsSince } from '../../indicator/rolling/bars-since.ts';
import { rollingHighest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'rolling-max',
  group: 'statistic',
  title: 'Rolling maximum',
  summary: 'The greatest of the last values, and how many bars ago it was.',
  formula: 'max value over period; of equal ones the oldest counts',
  source: 'van Herk, A fast algorithm for local minimum and maximum filters, 1992',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['max', 'barsAgo'],
  warmUp: (params) => params.period,
  start: (params) => {
    const highest = rollingHighest(params.period);
    const since = new BarsSince(params.period, 1);
    return {
      advance({ value }, from, until, [max, barsAgo]) {
        for (let i = from; i < until; i++) {
          max[i] = highest.next(value[i]);
          barsAgo[i] = since.next(value[i]);
        }
      },
    };
  },
});
