import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { ChainedAverages } from '../../indicator/smoothing/chained-averages.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'trix',
  group: 'momentum',
  title: 'Trix',
  summary: 'The change in percent of an exponential average taken three times.',
  formula:
    '100 × (e₃ ÷ e₃ before − 1), e₃ = ema(ema(ema(value))), all begun with the mean of the first period values',
  source: 'Hutson, Good Trix, Technical Analysis of Stocks & Commodities, 1983',
  params: { period: period(15) },
  needs: ['value'],
  outputs: ['trix', 'ema3'],
  warmUp: (params) => params.period + 1 + 2 * settling(2 / (params.period + 1)),
  start: (params) => {
    const averages = new ChainedAverages(params.period, 3);
    let before = Number.NaN;
    return {
      advance({ value }, from, until, [trix, ema3]) {
        for (let i = from; i < until; i++) {
          trix[i] = ema3[i] = Number.NaN;
          if (!averages.next(value[i])) continue;
          ema3[i] = averages.at(3);
          trix[i] = 100 * ratio(ema3[i] - before, before);
          before = ema3[i];
        }
      },
    };
  },
});
