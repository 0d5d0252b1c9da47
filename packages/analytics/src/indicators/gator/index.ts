import { defineIndicator } from '../../indicator/define-indicator.ts';
import { Lag } from '../../indicator/rolling/lag.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'gator',
  group: 'trend',
  title: 'Gator oscillator',
  summary: 'How far the lines of the alligator are from each other.',
  formula:
    'upper = |jaw − teeth|, lower = −|teeth − lips| of the alligator with periods 13, 8, 5 and offsets 8, 5, 3',
  source: 'Williams, New Trading Dimensions, 1998',
  params: {},
  needs: ['high', 'low'],
  outputs: ['upper', 'lower'],
  warmUp: () => wilderWarmUp(13) + 8,
  start: () => {
    const averages = [13, 8, 5].map(wilderAverage);
    const lags = [8, 5, 3].map((bars) => new Lag(bars));
    return {
      advance({ high, low }, from, until, [upper, lower]) {
        for (let i = from; i < until; i++) {
          const middle = (high[i] + low[i]) / 2;
          const jaw = lags[0].next(averages[0].next(middle));
          const teeth = lags[1].next(averages[1].next(middle));
          upper[i] = Math.abs(jaw - teeth);
          lower[i] = -Math.abs(teeth - lags[2].next(averages[2].next(middle)));
        }
      },
    };
  },
});
