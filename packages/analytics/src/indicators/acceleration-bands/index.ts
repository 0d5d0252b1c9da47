import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'acceleration-bands',
  group: 'channel',
  title: 'Acceleration bands',
  summary: 'Averages of highs and lows pushed out by the size of ranges.',
  formula:
    'upper = sma(high × (1 + factor × w)), lower = sma(low × (1 − factor × w)), middle = sma(close), w = (high − low) ÷ (high + low)',
  source: 'Headley, Big Trends in Trading, 2002',
  params: { period: period(20), factor: factor(4, 'Factor') },
  needs: ['high', 'low', 'close'],
  outputs: ['middle', 'upper', 'lower'],
  warmUp: (params) => params.period,
  start: (params) => {
    const tops = new RollingMean(params.period);
    const bottoms = new RollingMean(params.period);
    const closes = new RollingMean(params.period);
    return {
      advance({ high, low, close }, from, until, [middle, upper, lower]) {
        for (let i = from; i < until; i++) {
          const wide = params.factor * ratio(high[i] - low[i], high[i] + low[i]);
          upper[i] = tops.next(high[i] * (1 + wide));
          lower[i] = bottoms.next(low[i] * (1 - wide));
          middle[i] = closes.next(close[i]);
        }
      },
    };
  },
});
