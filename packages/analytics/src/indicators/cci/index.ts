import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RecentValues } from '../../indicator/rolling/recent-values.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { sumAway } from '../../indicator/sum-away.ts';

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
          const oldest = recent.from;
          const away = sumAway(recent.all, oldest, oldest + period, middle);
          cci[i] = ratio(typical - middle, (0.015 * away) / period);
        }
      },
    };
  },
});
