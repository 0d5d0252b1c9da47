import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMoments } from '../../indicator/rolling/rolling-moments.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'relative-volatility',
  group: 'volatility',
  title: 'Relative volatility index',
  summary: 'The share of rises in volatility of late, from 0 to 100; none where nothing changed.',
  formula:
    '100 × up ÷ (up + down), averages (α = 1 ÷ period) of the standard deviation over window where the value rose, and where it fell',
  source: 'Dorsey, The relative volatility index, Technical Analysis of Stocks & Commodities, 1993',
  params: { period: period(14), window: period(10, 'Deviation window', 2) },
  needs: ['value'],
  outputs: ['index'],
  warmUp: ({ period, window }) => window + 1 + wilderWarmUp(period),
  start: (params) => {
    const moments = new RollingMoments(params.window);
    const rises = wilderAverage(params.period);
    const falls = wilderAverage(params.period);
    return {
      advance({ value }, from, until, [index]) {
        for (let i = from; i < until; i++) {
          moments.next(value[i]);
          const change = value[i] - previous(value, i);
          // A change that is no number makes the size none.
          const size = Math.sqrt(moments.squares / params.window) + 0 * change;
          const up = rises.next(change > 0 ? size : 0 * size);
          const down = falls.next(change < 0 ? size : 0 * size);
          index[i] = 100 * ratio(up, up + down);
        }
      },
    };
  },
});
