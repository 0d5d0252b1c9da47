import { defineIndicator } from '../../indicator/define-indicator.ts';
import { linkedOn } from '../../indicator/linked-on.ts';

export default defineIndicator({
  id: 'positive-volume',
  group: 'volume',
  title: 'Positive volume index',
  summary: 'Changes of the close on bars with more volume than the bar before, linked from 1,000.',
  formula: 'index ← index × close ÷ close before where volume > volume before, from 1000',
  source: 'Fosback, Stock Market Logic, 1976',
  params: {},
  needs: ['close', 'volume'],
  outputs: ['index'],
  warmUp: () => 2,
  keeps: 'product',
  start: () => linkedOn((volume, before) => volume > before),
});
