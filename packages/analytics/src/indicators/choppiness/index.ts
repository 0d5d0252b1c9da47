import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'choppiness',
  group: 'trend',
  title: 'Choppiness index',
  summary: 'Whether prices go to and fro (towards 100) or one way (towards 0).',
  formula: '100 × log(Σ true range ÷ (max true high − min true low)) ÷ log(period)',
  source: 'Dreiss, Choppiness index, 1992',
  params: { period: period(14, 'Period', 2) },
  needs: ['high', 'low', 'close'],
  outputs: ['choppiness'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const ranges = new RollingMean(params.period);
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    const scale = 100 / Math.log(params.period);
    return {
      advance({ high, low, close }, from, until, [choppiness]) {
        for (let i = from; i < until; i++) {
          const before = previous(close, i);
          const sum = params.period * ranges.next(trueRange(high[i], low[i], before));
          const top = highest.next(Math.max(high[i], before));
          const whole = top - lowest.next(Math.min(low[i], before));
          choppiness[i] = whole > 0 ? scale * Math.log(sum / whole) : Number.NaN;
        }
      },
    };
  },
});
