import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'trima',
  group: 'average',
  title: 'Triangular moving average',
  summary: 'An average in which the middle of the period counts most.',
  formula: 'sma(sma(value, ⌈(period + 1) ÷ 2⌉), ⌊(period + 1) ÷ 2⌋)',
  source: 'Achelis, Technical Analysis from A to Z, 2000',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['trima'],
  warmUp: (params) => params.period,
  start: (params) => {
    const inner = new RollingMean(Math.ceil((params.period + 1) / 2));
    const outer = new RollingMean(Math.floor((params.period + 1) / 2));
    return {
      advance({ value }, from, until, [trima]) {
        for (let i = from; i < until; i++) trima[i] = outer.next(inner.next(value[i]));
      },
    };
  },
});
