import { defineIndicator } from '../../indicator/define-indicator.ts';
import { freedom, period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMoments } from '../../indicator/rolling/rolling-moments.ts';

export default defineIndicator({
  id: 'stdev',
  group: 'volatility',
  title: 'Standard deviation',
  summary:
    'The standard deviation of the last values, with their mean and where the newest stands.',
  formula:
    'deviation = √(Σ (value − mean)² ÷ n), or ÷ (n − 1) of a sample; zScore = (value − mean) ÷ deviation',
  source: 'Bollinger, Bollinger on Bollinger Bands, 2001',
  params: { period: period(20, 'Period', 2), deviation: freedom },
  needs: ['value'],
  outputs: ['deviation', 'mean', 'zScore'],
  warmUp: (params) => params.period,
  start: (params) => {
    const moments = new RollingMoments(params.period);
    const divisor = params.deviation === 'population' ? params.period : params.period - 1;
    return {
      advance({ value }, from, until, [deviation, mean, zScore]) {
        moments.column(value, from, until, [mean, deviation]);
        for (let i = from; i < until; i++) {
          const size = Math.sqrt(deviation[i] / divisor);
          deviation[i] = size;
          zScore[i] = ratio(value[i] - mean[i], size);
        }
      },
    };
  },
});
