import { defineIndicator } from '../../indicator/define-indicator.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'heikin-ashi',
  group: 'trend',
  title: 'Heikin-Ashi',
  summary: 'Averaged bars, which show a trend with less noise. Nobody can trade at their prices.',
  formula:
    'close = (open + high + low + close) ÷ 4, open = (open before + close before) ÷ 2 of the averaged bars, high and low with both',
  source:
    'Valcu, Using the Heikin-Ashi technique, Technical Analysis of Stocks & Commodities, 2004',
  params: {},
  needs: ['open', 'high', 'low', 'close'],
  outputs: ['close', 'open', 'high', 'low'],
  warmUp: () => 1 + settling(0.5),
  start: () => {
    let nextOpen = Number.NaN;
    return {
      advance(input, from, until, [close, open, high, low]) {
        for (let i = from; i < until; i++) {
          const mean = (input.open[i] + input.high[i] + input.low[i] + input.close[i]) / 4;
          if (Number.isNaN(mean)) {
            close[i] = open[i] = high[i] = low[i] = Number.NaN;
            continue;
          }
          const begin = Number.isNaN(nextOpen) ? (input.open[i] + input.close[i]) / 2 : nextOpen;
          close[i] = mean;
          open[i] = begin;
          high[i] = Math.max(input.high[i], begin, mean);
          low[i] = Math.min(input.low[i], begin, mean);
          nextOpen = (begin + mean) / 2;
        }
      },
    };
  },
});
