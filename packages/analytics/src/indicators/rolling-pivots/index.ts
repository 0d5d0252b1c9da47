import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { pivotLevels, pivotMethod, pivotOutputs } from '../../indicator/pivot-levels.ts';
import { previous } from '../../indicator/previous.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'rolling-pivots',
  group: 'pattern',
  title: 'Rolling pivot points',
  summary: 'Levels from the last bars before this one, or before some bars ago.',
  formula:
    'standard: pivot = (max high + min low + close) ÷ 3 of the window, support and resistance about it; other methods as their authors give them',
  source: 'Person, A Complete Guide to Technical Trading Tactics, 2004',
  params: { period: period(20), offset: period(0, 'Offset', 0), method: pivotMethod },
  needs: ['open', 'high', 'low', 'close'],
  outputs: pivotOutputs,
  warmUp: ({ period, offset }) => period + offset + 1,
  start: ({ period, offset, method }) => {
    const levels = new Float64Array(pivotOutputs.length);
    const highest = rollingHighest(period);
    const lowest = rollingLowest(period);
    const window = { open: Number.NaN, high: Number.NaN, low: Number.NaN, close: Number.NaN };
    return {
      advance({ open, high, low, close }, from, until, outputs) {
        for (let i = from; i < until; i++) {
          window.open = open[i];
          window.high = highest.next(previous(high, i, offset + 1));
          window.low = lowest.next(previous(low, i, offset + 1));
          window.close = previous(close, i, offset + 1);
          pivotLevels(method, window, levels);
          for (let k = 0; k < levels.length; k++) outputs[k][i] = levels[k];
        }
      },
    };
  },
});
