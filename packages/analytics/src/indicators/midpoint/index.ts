import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'midpoint',
  group: 'channel',
  title: 'Midpoint',
  summary: 'The middle of the range of the last values.',
  formula: '(max value + min value) ÷ 2 over period',
  source: 'TA-Lib, MIDPOINT',
  params: { period: period(14) },
  needs: ['value'],
  outputs: ['midpoint'],
  warmUp: (params) => params.period,
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    return {
      advance({ value }, from, until, [midpoint]) {
        for (let i = from; i < until; i++) {
          midpoint[i] = (highest.next(value[i]) + lowest.next(value[i])) / 2;
        }
      },
    };
  },
});
