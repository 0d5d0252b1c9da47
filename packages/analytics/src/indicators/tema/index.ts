import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ChainedAverages } from '../../indicator/smoothing/chained-averages.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'tema',
  group: 'average',
  title: 'Triple exponential moving average',
  summary: 'An exponential average with still more of its delay taken off.',
  formula:
    '3 × ema − 3 × ema(ema) + ema(ema(ema)), all begun with the mean of the first period values',
  source: 'Mulloy, Smoothing data with less lag, Technical Analysis of Stocks & Commodities, 1994',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['tema'],
  warmUp: (params) => params.period + 2 * settling(2 / (params.period + 1)),
  start: (params) => {
    const averages = new ChainedAverages(params.period, 3);
    return {
      advance({ value }, from, until, [tema]) {
        for (let i = from; i < until; i++) {
          tema[i] = averages.next(value[i])
            ? 3 * averages.at(1) - 3 * averages.at(2) + averages.at(3)
            : Number.NaN;
        }
      },
    };
  },
});
