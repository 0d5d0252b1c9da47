import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { BarsSince } from '../../indicator/rolling/bars-since.ts';

export default defineIndicator({
  id: 'aroon',
  group: 'trend',
  title: 'Aroon',
  summary: 'How lately the highest high and the lowest low of a period were, from 0 to 100.',
  formula:
    'up, down = 100 × (period − bars since the extreme) ÷ period over period + 1 bars, oscillator = up − down; of equal extremes the oldest counts',
  source: 'Chande, A time price oscillator, Technical Analysis of Stocks & Commodities, 1995',
  params: { period: period(25) },
  needs: ['high', 'low'],
  outputs: ['oscillator', 'up', 'down'],
  warmUp: (params) => params.period + 1,
  start: ({ period }) => {
    const sinceHigh = new BarsSince(period + 1, 1);
    const sinceLow = new BarsSince(period + 1, -1);
    return {
      advance({ high, low }, from, until, [oscillator, up, down]) {
        for (let i = from; i < until; i++) {
          up[i] = (100 * (period - sinceHigh.next(high[i]))) / period;
          down[i] = (100 * (period - sinceLow.next(low[i]))) / period;
          oscillator[i] = up[i] - down[i];
        }
      },
    };
  },
});
