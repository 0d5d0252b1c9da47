import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RecentValues } from '../../indicator/rolling/recent-values.ts';
import { RollingMoments } from '../../indicator/rolling/rolling-moments.ts';

export default defineIndicator({
  id: 'mean-deviation',
  group: 'statistic',
  title: 'Mean deviations',
  summary: 'How far the last values lie from their mean, on the whole.',
  formula:
    'absolute = mean |value − sma|, square = mean (value − sma)², share = mean |value − sma| ÷ value over period',
  source: 'Murphy, Technical Analysis of the Financial Markets, 1999',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['absolute', 'square', 'share', 'sma'],
  warmUp: (params) => params.period,
  start: ({ period: n }) => {
    const moments = new RollingMoments(n);
    const recent = new RecentValues(n);
    return {
      advance({ value }, from, until, [absolute, square, share, sma]) {
        for (let i = from; i < until; i++) {
          moments.next(value[i]);
          sma[i] = moments.mean;
          square[i] = moments.squares / n;
          absolute[i] = share[i] = Number.NaN;
          if (!recent.next(value[i])) continue;
          const { all, from: oldest } = recent;
          let sum = 0;
          let shares = 0;
          for (let t = oldest; t < oldest + n; t++) {
            const away = Math.abs(all[t] - moments.mean);
            sum += away;
            shares += ratio(away, all[t]);
          }
          absolute[i] = sum / n;
          share[i] = shares / n;
        }
      },
    };
  },
});
