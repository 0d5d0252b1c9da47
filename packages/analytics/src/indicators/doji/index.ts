import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';

export default defineIndicator({
  id: 'doji',
  group: 'pattern',
  title: 'Doji',
  summary: '1 where a bar opens and closes at almost one price, else 0.',
  formula: '|close ÷ open − 1| ≤ percent ÷ 100',
  source: 'Nison, Japanese Candlestick Charting Techniques, 1991',
  params: { percent: factor(0.1, 'Percent') },
  needs: ['open', 'close'],
  outputs: ['doji'],
  warmUp: () => 1,
  start: ({ percent }) => ({
    advance({ open, close }, from, until, [doji]) {
      for (let i = from; i < until; i++) {
        const moved = Math.abs(ratio(close[i], open[i]) - 1);
        doji[i] = Number.isNaN(moved) ? Number.NaN : moved <= percent / 100 ? 1 : 0;
      }
    },
  }),
});
