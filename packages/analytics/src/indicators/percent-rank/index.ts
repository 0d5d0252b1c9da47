import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { SortedWindow } from '../../indicator/rolling/sorted-window.ts';

export default defineIndicator({
  id: 'percent-rank',
  group: 'statistic',
  title: 'Percent rank',
  summary: 'The share of the values before that are below the newest, from 0 to 100.',
  formula: '100 × (number of the last period values before that are below) ÷ period',
  source: 'Connors and Alvarez, An Introduction to ConnorsRSI, 2012',
  params: { period: period(100) },
  needs: ['value'],
  outputs: ['rank'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const window = new SortedWindow(params.period + 1);
    return {
      advance({ value }, from, until, [rank]) {
        for (let i = from; i < until; i++) {
          const isFull = window.next(value[i]);
          rank[i] = isFull ? (100 * window.below(value[i])) / params.period : Number.NaN;
        }
      },
    };
  },
});
