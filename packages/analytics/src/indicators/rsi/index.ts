import { fallOf, riseOf } from '../../indicator/choose.ts';
import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'rsi',
  group: 'momentum',
  title: 'Relative strength index',
  summary: 'The share of rises in all changes of late, from 0 to 100; none where nothing changed.',
  formula:
    '100 × rises ÷ (rises + falls), both smoothed: average ← average + (change − average) ÷ period, begun with the mean of the first period changes',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: { period: period(14) },
  needs: ['value'],
  outputs: ['rsi'],
  warmUp: (params) => 1 + wilderWarmUp(params.period),
  start: (params) => {
    const rises = wilderAverage(params.period);
    const falls = wilderAverage(params.period);
    return {
      advance({ value }, from, until, [rsi]) {
        for (let i = from; i < until; i++) {
          const change = value[i] - previous(value, i);
          const up = rises.next(riseOf(change));
          const down = falls.next(fallOf(change));
          rsi[i] = 100 * ratio(up, up + down);
        }
      },
    };
  },
});
