import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RecentValues } from '../../indicator/rolling/recent-values.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'cci',
  group: 'momentum',
  title: 'Commodity channel index',
  summary: 'How far the typical price is from its mean, in mean deviations.',
  formula:
    '(typical − sma(typical)) ÷ (0.015 × mean |typical − sma|), typical = (high + low + close) ÷ 3; none where prices stand still',
  source: 'Lambert, Commodity channel index, Commodities, 1980',
  params: { period: period(20) },
  needs: ['high', 'low', 'close'],
  outputs: ['cci'],
  warmUp: (params) => params.period,
  start: ({ period }) => {
    const mean = new RollingMean(period);
    const recent = new RecentValues(period);
    return {
      advance({ high, low, close }, from, until, [cci]) {
        for (let i = from; i < until; i++) {
          const typical = (high[i] + low[i] + close[i]) / 3;
          const middle = mean.next(typical);
          if (!recent.next(typical)) {
            cci[i] = Number.NaN;
            continue;
          }
          const { all, from: oldest } = recent;
          // Two sums side by side: each addition waits for the one before it.
          let away = 0;
          let besides = 0;
          const last = oldest + period - 1;
          for (let t = oldest; t < last; t += 2) {
            away += Math.abs(all[t] - middle);
            besides += Math.abs(all[t + 1] - middle);
          }
          if (period % 2 === 1) away += Math.abs(all[last] - middle);
          cci[i] = ratio(typical - middle, (0.015 * (away + besides)) / period);
        }
      },
    };
  },
});
