import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { BarsSince } from '../../indicator/rolling/bars-since.ts';
import { rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'rolling-min',
  group: 'statistic',
  title: 'Rolling minimum',
  summary: 'The least of the last values, and how many bars ago it was.',
  formula: 'min value over period; of equal ones the oldest counts',
  source: 'van Herk, A fast algorithm for local minimum and maximum filters, 1992',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['min', 'barsAgo'],
  warmUp: (params) => params.period,
  start: (params) => {
    const lowest = rollingLowest(params.period);
    const since = new BarsSince(params.period, -1);
    return {
      advance({ value }, from, until, [min, barsAgo]) {
        for (let i = from; i < until; i++) {
          min[i] = lowest.next(value[i]);
          barsAgo[i] = since.next(value[i]);
        }
      },
    };
  },
});
