import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'elder-ray',
  group: 'momentum',
  title: 'Elder ray',
  summary: 'How far highs and lows are from the average.',
  formula: 'bull = high − ema(close, period), bear = low − ema(close, period)',
  source: 'Elder, Trading for a Living, 1993',
  params: { period: period(13) },
  needs: ['high', 'low', 'close'],
  outputs: ['bull', 'bear', 'ema'],
  warmUp: (params) => exponentialWarmUp(params.period),
  start: (params) => {
    const average = exponentialAverage(params.period);
    return {
      advance({ high, low, close }, from, until, [bull, bear, ema]) {
        for (let i = from; i < until; i++) {
          ema[i] = average.next(close[i]);
          bull[i] = high[i] - ema[i];
          bear[i] = low[i] - ema[i];
        }
      },
    };
  },
});
