import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { Lag } from '../../indicator/rolling/lag.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'chaikin-volatility',
  group: 'volatility',
  title: 'Chaikin volatility',
  summary: 'The change in percent of the averaged range.',
  formula: '100 × (ema(high − low, period) ÷ that of change bars before − 1)',
  source: 'Achelis, Technical Analysis from A to Z, 2000',
  params: { period: period(10), change: period(10, 'Change over') },
  needs: ['high', 'low'],
  outputs: ['volatility'],
  warmUp: ({ period, change }) => exponentialWarmUp(period) + change,
  start: (params) => {
    const average = exponentialAverage(params.period);
    const lag = new Lag(params.change);
    return {
      advance({ high, low }, from, until, [volatility]) {
        for (let i = from; i < until; i++) {
          const range = average.next(high[i] - low[i]);
          const before = lag.next(range);
          volatility[i] = 100 * ratio(range - before, before);
        }
      },
    };
  },
});
