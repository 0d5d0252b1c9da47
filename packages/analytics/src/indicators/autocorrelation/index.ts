import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { Lag } from '../../indicator/rolling/lag.ts';
import { RollingCoMoments } from '../../indicator/rolling/rolling-co-moments.ts';

export default defineIndicator({
  id: 'autocorrelation',
  group: 'statistic',
  title: 'Rolling autocorrelation',
  summary: 'How closely changes follow those of some bars before.',
  formula: 'correlation of simple changes with those of lag bars before over period',
  source: 'Box and Jenkins, Time Series Analysis, 1970',
  params: { period: period(60, 'Period', 2), lag: period(1, 'Lag') },
  needs: ['value'],
  outputs: ['autocorrelation'],
  warmUp: ({ period, lag }) => period + lag + 1,
  start: (params) => {
    const moments = new RollingCoMoments(params.period);
    const lag = new Lag(params.lag);
    return {
      advance({ value }, from, until, [autocorrelation]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i);
          const change = ratio(value[i] - before, before);
          moments.next(change, lag.next(change));
          const raw = ratio(moments.xy, Math.sqrt(moments.xx * moments.yy));
          autocorrelation[i] = Math.min(1, Math.max(-1, raw));
        }
      },
    };
  },
});
