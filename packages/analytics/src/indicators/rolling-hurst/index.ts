import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { rescaledRangeExponent } from '../../indicator/rescaled-range.ts';
import { RecentValues } from '../../indicator/rolling/recent-values.ts';

export default defineIndicator({
  id: 'rolling-hurst',
  group: 'statistic',
  title: 'Rolling Hurst exponent',
  summary: 'Whether changes go on (above 0.5) or turn back (below), by rescaled ranges.',
  formula:
    'slope of log mean(R ÷ S) on log size over pieces of period, period ÷ 2, period ÷ 4 … logarithmic changes, of 8 or more',
  source: 'Hurst, Long-term storage capacity of reservoirs, 1951',
  params: { period: period(100, 'Period', 20) },
  needs: ['value'],
  outputs: ['hurst'],
  warmUp: (params) => params.period + 1,
  start: ({ period: n }) => {
    const recent = new RecentValues(n);
    return {
      advance({ value }, from, until, [hurst]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i);
          const change = value[i] > 0 && before > 0 ? Math.log(value[i] / before) : Number.NaN;
          hurst[i] = recent.next(change)
            ? rescaledRangeExponent(recent.all, recent.from, n)
            : Number.NaN;
        }
      },
    };
  },
});
