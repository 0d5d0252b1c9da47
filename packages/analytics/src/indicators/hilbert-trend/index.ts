import { defineIndicator } from '../../indicator/define-indicator.ts';
import { HilbertCycle } from '../../indicator/smoothing/hilbert-cycle.ts';

export default defineIndicator({
  id: 'hilbert-trend',
  group: 'average',
  title: 'Hilbert transform instantaneous trend',
  summary: 'The mean price over one dominant cycle, and how long that cycle is.',
  formula:
    'mean of (high + low) ÷ 2 over the dominant cycle, weighted 4, 3, 2, 1 over the last four bars',
  source: 'Ehlers, Rocket Science for Traders, 2001',
  params: {},
  needs: ['high', 'low'],
  outputs: ['trend', 'period', 'smooth'],
  warmUp: () => 200,
  keeps: 'path',
  start: () => {
    const cycle = new HilbertCycle();
    // As long as the longest cycle.
    const prices = new Float64Array(50);
    const means = new Float64Array(4);
    let seen = 0;
    let length = 0;
    let bars = 0;
    const meanOver = (): number => {
      let sum = 0;
      for (let k = 1; k <= bars; k++) sum += prices[(seen - k) % 50];
      return sum / bars;
    };
    /** Whether there is a cycle at this price. */
    const take = (price: number): boolean => {
      if (Number.isNaN(price)) return false;
      prices[seen % 50] = price;
      seen++;
      if (!cycle.next(price)) return false;
      length = 0.33 * cycle.period + 0.67 * length;
      bars = Math.min(Math.floor(length + 0.5), seen);
      means.copyWithin(1, 0);
      means[0] = bars > 0 ? meanOver() : price;
      return true;
    };
    return {
      advance({ high, low }, from, until, [trend, period, smooth]) {
        for (let i = from; i < until; i++) {
          const hasCycle = take((high[i] + low[i]) / 2);
          smooth[i] = hasCycle ? cycle.smooth : Number.NaN;
          period[i] = hasCycle && bars > 0 ? bars : Number.NaN;
          trend[i] =
            hasCycle && seen >= 12
              ? (4 * means[0] + 3 * means[1] + 2 * means[2] + means[3]) / 10
              : Number.NaN;
        }
      },
    };
  },
});
