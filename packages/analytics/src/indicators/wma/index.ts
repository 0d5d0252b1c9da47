import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingLine } from '../../indicator/rolling/rolling-line.ts';

export default defineIndicator({
  id: 'wma',
  group: 'average',
  title: 'Weighted moving average',
  summary: 'An average in which the newest value counts most and each before it one less.',
  formula: 'Σ k × value ÷ Σ k, k = 1 for the oldest … period for the newest',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['wma'],
  warmUp: (params) => params.period,
  start: (params) => {
    const line = new RollingLine(params.period);
    return {
      advance({ value }, from, until, [wma]) {
        line.weightedColumn(value, from, until, wma);
      },
    };
  },
});
