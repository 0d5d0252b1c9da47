import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'sma',
  group: 'average',
  title: 'Simple moving average',
  summary: 'The mean of the last values, each counting alike.',
  formula: 'Σ value ÷ period, over the last period values',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['sma'],
  warmUp: (params) => params.period,
  start: (params) => {
    const mean = new RollingMean(params.period);
    return {
      advance({ value }, from, until, [sma]) {
        mean.column(value, from, until, sma);
      },
    };
  },
});
