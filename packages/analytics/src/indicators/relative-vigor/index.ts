import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { WeightedAverage } from '../../indicator/smoothing/weighted-average.ts';

export default defineIndicator({
  id: 'relative-vigor',
  group: 'momentum',
  title: 'Relative vigor index',
  summary: 'How much of its range a bar closes with, smoothed.',
  formula:
    'Σ s(close − open) ÷ Σ s(high − low) over period, s weighted 1, 2, 2, 1 over four bars; signal = s(vigor)',
  source: 'Ehlers, The relative vigor index, Technical Analysis of Stocks & Commodities, 2002',
  params: { period: period(10) },
  needs: ['open', 'high', 'low', 'close'],
  outputs: ['vigor', 'signal'],
  warmUp: (params) => params.period + 6,
  start: (params) => {
    const smoothing = (): WeightedAverage => new WeightedAverage(Float64Array.of(1, 2, 2, 1));
    const gain = smoothing();
    const range = smoothing();
    const last = smoothing();
    const gains = new RollingMean(params.period);
    const ranges = new RollingMean(params.period);
    return {
      advance({ open, high, low, close }, from, until, [vigor, signal]) {
        for (let i = from; i < until; i++) {
          const net = gains.next(gain.next(close[i] - open[i]));
          vigor[i] = ratio(net, ranges.next(range.next(high[i] - low[i])));
          signal[i] = last.next(vigor[i]);
        }
      },
    };
  },
});
