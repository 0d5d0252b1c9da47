import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingCoMoments } from '../../indicator/rolling/rolling-co-moments.ts';

export default defineIndicator({
  id: 'rolling-beta',
  group: 'statistic',
  title: 'Rolling beta',
  summary: 'How much changes answer to those of another series.',
  formula:
    'covariance(changes, changes of the other) ÷ variance(changes of the other), simple changes over period',
  source: 'Sharpe, Capital asset prices, 1964',
  params: { period: period(60, 'Period', 2) },
  needs: ['value', 'other'],
  outputs: ['beta'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const moments = new RollingCoMoments(params.period);
    return {
      advance({ value, other }, from, until, [beta]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i);
          const otherBefore = previous(other, i);
          moments.next(
            ratio(value[i] - before, before),
            ratio(other[i] - otherBefore, otherBefore),
          );
          beta[i] = ratio(moments.xy, moments.yy);
        }
      },
    };
  },
});
