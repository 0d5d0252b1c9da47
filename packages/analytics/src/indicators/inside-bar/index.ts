import { defineIndicator } from '../../indicator/define-indicator.ts';
import { previous } from '../../indicator/previous.ts';

export default defineIndicator({
  id: 'inside-bar',
  group: 'pattern',
  title: 'Inside and outside bar',
  summary: '1 where a bar lies within the one before it, −1 where it holds that one, else 0.',
  formula:
    '1 where high ≤ high before and low ≥ low before; −1 where high > high before and low < low before',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: {},
  needs: ['high', 'low'],
  outputs: ['inside'],
  warmUp: () => 2,
  start: () => ({
    advance({ high, low }, from, until, [inside]) {
      for (let i = from; i < until; i++) {
        const up = high[i] - previous(high, i);
        const down = previous(low, i) - low[i];
        if (Number.isNaN(up + down)) inside[i] = Number.NaN;
        else if (up <= 0 && down <= 0) inside[i] = 1;
        else inside[i] = up > 0 && down > 0 ? -1 : 0;
      }
    },
  }),
});
