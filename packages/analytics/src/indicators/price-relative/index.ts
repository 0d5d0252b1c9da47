import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';

export default defineIndicator({
  id: 'price-relative',
  group: 'statistic',
  title: 'Price relative',
  summary: 'A series against another: their ratio, and by how much it changed more.',
  formula:
    'relative = value ÷ other, ahead = change of value over period − change of other over period',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(20) },
  needs: ['value', 'other'],
  outputs: ['relative', 'ahead'],
  warmUp: (params) => params.period + 1,
  start: ({ period: back }) => ({
    advance({ value, other }, from, until, [relative, ahead]) {
      for (let i = from; i < until; i++) {
        const before = previous(value, i, back);
        const otherBefore = previous(other, i, back);
        relative[i] = ratio(value[i], other[i]);
        ahead[i] = ratio(value[i] - before, before) - ratio(other[i] - otherBefore, otherBefore);
      }
    },
  }),
});
