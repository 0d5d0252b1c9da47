import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';

export default defineIndicator({
  id: 'momentum',
  group: 'momentum',
  title: 'Momentum',
  summary: 'The change over some bars.',
  formula: 'value − value of period bars before',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(10) },
  needs: ['value'],
  outputs: ['momentum'],
  warmUp: (params) => params.period + 1,
  start: ({ period: back }) => ({
    advance({ value }, from, until, [momentum]) {
      for (let i = from; i < until; i++) momentum[i] = value[i] - previous(value, i, back);
    },
  }),
});
