import { defineIndicator } from '../../indicator/define-indicator.ts';
import { RunningTotal } from '../../indicator/smoothing/running-total.ts';

export default defineIndicator({
  id: 'obv',
  group: 'volume',
  title: 'On-balance volume',
  summary: 'Volume added where the close rose and taken off where it fell.',
  formula: 'obv ← obv + sign(close − close before) × volume, from 0',
  source: 'Granville, Granville’s New Key to Stock Market Profits, 1963',
  params: {},
  needs: ['close', 'volume'],
  outputs: ['obv'],
  warmUp: () => 2,
  keeps: 'sum',
  start: () => {
    const total = new RunningTotal();
    let before = Number.NaN;
    return {
      advance({ close, volume }, from, until, [obv]) {
        let last = before;
        for (let i = from; i < until; i++) {
          const now = close[i];
          const way = Number(now > last) - Number(now < last);
          obv[i] = total.next(way * volume[i] + 0 * now);
          if (!Number.isNaN(now)) last = now;
        }
        before = last;
      },
    };
  },
});
