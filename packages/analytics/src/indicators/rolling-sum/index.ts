import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'rolling-sum',
  group: 'statistic',
  title: 'Rolling sum',
  summary: 'The sum of the last values.',
  formula: 'Σ value over period',
  source: 'Higham, Accuracy and Stability of Numerical Algorithms, 2002',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['sum'],
  warmUp: (params) => params.period,
  start: (params) => {
    const mean = new RollingMean(params.period);
    return {
      advance({ value }, from, until, [sum]) {
        for (let i = from; i < until; i++) sum[i] = params.period * mean.next(value[i]);
      },
    };
  },
});
