import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ChainedAverages } from '../../indicator/smoothing/chained-averages.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'dema',
  group: 'average',
  title: 'Double exponential moving average',
  summary: 'An exponential average with most of its delay taken off.',
  formula: '2 × ema − ema(ema), both begun with the mean of the first period values',
  source:
    'Mulloy, Smoothing data with faster moving averages, Technical Analysis of Stocks & Commodities, 1994',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['dema'],
  warmUp: (params) => params.period + 2 * settling(2 / (params.period + 1)),
  start: (params) => {
    const averages = new ChainedAverages(params.period, 2);
    return {
      advance({ value }, from, until, [dema]) {
        for (let i = from; i < until; i++) {
          dema[i] = averages.next(value[i]) ? 2 * averages.at(1) - averages.at(2) : Number.NaN;
        }
      },
    };
  },
});
