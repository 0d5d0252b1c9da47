import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';

export default defineIndicator({
  id: 'roc',
  group: 'momentum',
  title: 'Rate of change',
  summary: 'The change over some bars in percent.',
  formula: '100 × (value ÷ value of period bars before − 1)',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(14) },
  needs: ['value'],
  outputs: ['roc'],
  warmUp: (params) => params.period + 1,
  start: ({ period: back }) => ({
    advance({ value }, from, until, [roc]) {
      for (let i = from; i < until; i++) {
        const before = previous(value, i, back);
        roc[i] = 100 * ratio(value[i] - before, before);
      }
    },
  }),
});
