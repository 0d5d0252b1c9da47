import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';

export default defineIndicator({
  id: 'marubozu',
  group: 'pattern',
  title: 'Marubozu',
  summary: 'A bar that is almost all body: 1 where it rises, −1 where it falls, else 0.',
  formula: '|close − open| ≥ percent ÷ 100 × (high − low), by the sign of close − open',
  source: 'Nison, Japanese Candlestick Charting Techniques, 1991',
  params: { percent: factor(95, 'Body in percent', 100) },
  needs: ['open', 'high', 'low', 'close'],
  outputs: ['marubozu'],
  warmUp: () => 1,
  start: ({ percent }) => ({
    advance({ open, high, low, close }, from, until, [marubozu]) {
      for (let i = from; i < until; i++) {
        const body = close[i] - open[i];
        const share = Math.abs(ratio(body, high[i] - low[i]));
        // No range at all is no body.
        const isNumber = !Number.isNaN(body + high[i] + low[i]);
        marubozu[i] = share >= percent / 100 ? Math.sign(body) : isNumber ? 0 : Number.NaN;
      }
    },
  }),
});
