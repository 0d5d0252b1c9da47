import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'kst',
  group: 'momentum',
  title: 'Know sure thing',
  summary: 'Rates of change over four periods, smoothed and weighted 1, 2, 3, 4.',
  formula: 'Σ k × sma(roc(rocₖ), smoothₖ), k = 1 … 4; signal = sma(kst, signal)',
  source: 'Pring, Summed rate of change, Technical Analysis of Stocks & Commodities, 1992',
  params: {
    roc1: period(10, 'First rate of change'),
    roc2: period(15, 'Second rate of change'),
    roc3: period(20, 'Third rate of change'),
    roc4: period(30, 'Fourth rate of change'),
    smooth1: period(10, 'First smoothing'),
    smooth2: period(10, 'Second smoothing'),
    smooth3: period(10, 'Third smoothing'),
    smooth4: period(15, 'Fourth smoothing'),
    signal: period(9, 'Signal period'),
  },
  needs: ['value'],
  outputs: ['kst', 'signal'],
  warmUp: (params) =>
    Math.max(
      params.roc1 + params.smooth1,
      params.roc2 + params.smooth2,
      params.roc3 + params.smooth3,
      params.roc4 + params.smooth4,
    ) +
    params.signal -
    1,
  start: (params) => {
    const back = [params.roc1, params.roc2, params.roc3, params.roc4];
    const means = [params.smooth1, params.smooth2, params.smooth3, params.smooth4].map(
      (bars) => new RollingMean(bars),
    );
    const average = new RollingMean(params.signal);
    return {
      advance({ value }, from, until, [kst, signal]) {
        for (let i = from; i < until; i++) {
          let sum = 0;
          for (let k = 0; k < 4; k++) {
            const before = previous(value, i, back[k]);
            sum += (k + 1) * means[k].next(100 * ratio(value[i] - before, before));
          }
          kst[i] = sum;
          signal[i] = average.next(sum);
        }
      },
    };
  },
});
