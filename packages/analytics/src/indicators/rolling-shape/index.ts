import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RecentValues } from '../../indicator/rolling/recent-values.ts';
import { RollingMoments } from '../../indicator/rolling/rolling-moments.ts';

export default defineIndicator({
  id: 'rolling-shape',
  group: 'statistic',
  title: 'Rolling skewness and kurtosis',
  summary: 'How lopsided and how heavy-tailed the last values are.',
  formula: 'skewness = m₃ ÷ m₂^1.5, kurtosis = m₄ ÷ m₂² − 3, mₖ = mean (value − mean)ᵏ over period',
  source: 'Joanes and Gill, Comparing measures of sample skewness and kurtosis, 1998',
  params: { period: period(60, 'Period', 3) },
  needs: ['value'],
  outputs: ['skewness', 'kurtosis'],
  warmUp: (params) => params.period,
  start: ({ period: n }) => {
    const moments = new RollingMoments(n);
    const recent = new RecentValues(n);
    return {
      advance({ value }, from, until, [skewness, kurtosis]) {
        for (let i = from; i < until; i++) {
          moments.next(value[i]);
          skewness[i] = kurtosis[i] = Number.NaN;
          if (!recent.next(value[i]) || moments.squares === 0) continue;
          const { all, from: oldest } = recent;
          const unit = Math.sqrt(moments.squares / n);
          let cubes = 0;
          let fourths = 0;
          for (let t = oldest; t < oldest + n; t++) {
            const d = (all[t] - moments.mean) / unit;
            cubes += d * d * d;
            fourths += d * d * d * d;
          }
          skewness[i] = cubes / n;
          kurtosis[i] = fourths / n - 3;
        }
      },
    };
  },
});
