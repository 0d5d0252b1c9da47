import { defineIndicator } from '../../indicator/define-indicator.ts';
import { previous } from '../../indicator/previous.ts';

export default defineIndicator({
  id: 'engulfing',
  group: 'pattern',
  title: 'Engulfing bar',
  summary:
    'A body that holds the whole body before it and goes the other way: 1 upwards, −1 downwards, else 0.',
  formula:
    '1 where close before < open before, open ≤ close before and close ≥ open before; −1 the other way round; one of both further out',
  source: 'Nison, Japanese Candlestick Charting Techniques, 1991',
  params: {},
  needs: ['open', 'close'],
  outputs: ['engulfing'],
  warmUp: () => 2,
  start: () => ({
    advance({ open, close }, from, until, [engulfing]) {
      for (let i = from; i < until; i++) {
        const before = previous(close, i) - previous(open, i);
        const now = close[i] - open[i];
        const sign = Math.sign(now);
        const holds =
          sign * (previous(close, i) - open[i]) >= 0 && sign * (close[i] - previous(open, i)) >= 0;
        const isOther = sign !== 0 && Math.sign(before) === -sign;
        const isEngulfing = isOther && holds && Math.abs(now) > Math.abs(before);
        engulfing[i] = Number.isNaN(before + now) ? Number.NaN : isEngulfing ? sign : 0;
      }
    },
  }),
});
