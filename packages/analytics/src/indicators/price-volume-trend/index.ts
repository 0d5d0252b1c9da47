import { defineIndicator } from '../../indicator/define-indicator.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RunningTotal } from '../../indicator/smoothing/running-total.ts';

export default defineIndicator({
  id: 'price-volume-trend',
  group: 'volume',
  title: 'Price and volume trend',
  summary: 'Volume added in proportion to the change of the close.',
  formula: 'trend ← trend + (close ÷ close before − 1) × volume, from 0',
  source: 'Achelis, Technical Analysis from A to Z, 2000',
  params: {},
  needs: ['close', 'volume'],
  outputs: ['trend'],
  warmUp: () => 2,
  keeps: 'sum',
  start: () => {
    const total = new RunningTotal();
    return {
      advance({ close, volume }, from, until, [trend]) {
        for (let i = from; i < until; i++) {
          const before = previous(close, i);
          trend[i] = total.next(ratio(close[i] - before, before) * volume[i]);
        }
      },
    };
  },
});
