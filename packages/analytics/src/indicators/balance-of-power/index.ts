import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'balance-of-power',
  group: 'momentum',
  title: 'Balance of power',
  summary: 'How much of its range a bar moves from open to close, averaged, from −1 to 1.',
  formula: 'sma((close − open) ÷ (high − low), period); none where high and low are one',
  source: 'Livshin, Balance of power, Technical Analysis of Stocks & Commodities, 2001',
  params: { period: period(14) },
  needs: ['open', 'high', 'low', 'close'],
  outputs: ['balance'],
  warmUp: (params) => params.period,
  start: (params) => {
    const mean = new RollingMean(params.period);
    return {
      advance({ open, high, low, close }, from, until, [balance]) {
        for (let i = from; i < until; i++) {
          balance[i] = mean.next(ratio(close[i] - open[i], high[i] - low[i]));
        }
      },
    };
  },
});
