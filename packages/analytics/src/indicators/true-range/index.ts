import { defineIndicator } from '../../indicator/define-indicator.ts';
import { previous } from '../../indicator/previous.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'true-range',
  group: 'volatility',
  title: 'True range',
  summary: 'The range of a bar with the gap from the close before.',
  formula: 'max(high − low, |high − previous close|, |low − previous close|)',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: {},
  needs: ['high', 'low', 'close'],
  outputs: ['range'],
  warmUp: () => 2,
  start: () => ({
    advance({ high, low, close }, from, until, [range]) {
      for (let i = from; i < until; i++) {
        range[i] = trueRange(high[i], low[i], previous(close, i));
      }
    },
  }),
});
