import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'vortex',
  group: 'trend',
  title: 'Vortex',
  summary: 'Upward and downward movement between bars, as shares of the true range.',
  formula:
    'plus = Σ |high − low before| ÷ Σ true range, minus = Σ |low − high before| ÷ Σ true range over period',
  source:
    'Botes and Siepman, The vortex indicator, Technical Analysis of Stocks & Commodities, 2010',
  params: { period: period(14) },
  needs: ['high', 'low', 'close'],
  outputs: ['plus', 'minus'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const up = new RollingMean(params.period);
    const down = new RollingMean(params.period);
    const ranges = new RollingMean(params.period);
    return {
      advance({ high, low, close }, from, until, [plus, minus]) {
        for (let i = from; i < until; i++) {
          const range = ranges.next(trueRange(high[i], low[i], previous(close, i)));
          plus[i] = ratio(up.next(Math.abs(high[i] - previous(low, i))), range);
          minus[i] = ratio(down.next(Math.abs(low[i] - previous(high, i))), range);
        }
      },
    };
  },
});
