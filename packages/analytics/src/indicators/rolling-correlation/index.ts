import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingCoMoments } from '../../indicator/rolling/rolling-co-moments.ts';

export default defineIndicator({
  id: 'rolling-correlation',
  group: 'statistic',
  title: 'Rolling correlation',
  summary: 'How closely two series moved together over the last values.',
  formula:
    'correlation = covariance ÷ √(variance × variance of the other), covariance and variances ÷ n over period',
  source: 'Pearson, Notes on regression and inheritance, 1895',
  params: { period: period(20, 'Period', 2) },
  needs: ['value', 'other'],
  outputs: ['correlation', 'covariance', 'rSquared'],
  warmUp: (params) => params.period,
  start: ({ period: n }) => {
    const moments = new RollingCoMoments(n);
    return {
      advance({ value, other }, from, until, [correlation, covariance, rSquared]) {
        for (let i = from; i < until; i++) {
          moments.next(value[i], other[i]);
          const raw = ratio(moments.xy, Math.sqrt(moments.xx * moments.yy));
          correlation[i] = Math.min(1, Math.max(-1, raw));
          covariance[i] = moments.xy / n;
          rSquared[i] = correlation[i] * correlation[i];
        }
      },
    };
  },
});
