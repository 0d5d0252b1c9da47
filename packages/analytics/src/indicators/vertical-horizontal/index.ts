import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'vertical-horizontal',
  group: 'trend',
  title: 'Vertical horizontal filter',
  summary: 'The range of closes as a share of the way they went.',
  formula: '(max value − min value) ÷ Σ |changes| over period',
  source: 'White, The vertical horizontal filter, Futures, 1991',
  params: { period: period(28) },
  needs: ['value'],
  outputs: ['filter'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const way = new RollingMean(params.period);
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    return {
      advance({ value }, from, until, [filter]) {
        for (let i = from; i < until; i++) {
          const range = highest.next(value[i]) - lowest.next(value[i]);
          const gone = params.period * way.next(Math.abs(value[i] - previous(value, i)));
          filter[i] = ratio(range, gone);
        }
      },
    };
  },
});
