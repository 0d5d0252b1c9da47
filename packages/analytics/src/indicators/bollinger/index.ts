import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, freedom, period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMoments } from '../../indicator/rolling/rolling-moments.ts';

export default defineIndicator({
  id: 'bollinger',
  group: 'channel',
  title: 'Bollinger bands',
  summary: 'A simple average with bands at some standard deviations above and below.',
  formula:
    'middle = sma, upper and lower = middle ± deviations × σ, percentB = (value − lower) ÷ (upper − lower), width = (upper − lower) ÷ middle',
  source: 'Bollinger, Bollinger on Bollinger Bands, 2001',
  params: {
    period: period(20, 'Period', 2),
    deviations: factor(2, 'Deviations'),
    deviation: freedom,
  },
  needs: ['value'],
  outputs: ['middle', 'upper', 'lower', 'percentB', 'width'],
  warmUp: (params) => params.period,
  start: (params) => {
    const { deviations } = params;
    const moments = new RollingMoments(params.period);
    const divisor = params.deviation === 'population' ? params.period : params.period - 1;
    return {
      advance({ value }, from, until, [middle, upper, lower, percentB, width]) {
        // The deviations are made where the squares are put first.
        moments.column(value, from, until, [middle, width]);
        for (let i = from; i < until; i++) {
          const mean = middle[i];
          const away = deviations * Math.sqrt(width[i] / divisor);
          upper[i] = mean + away;
          lower[i] = mean - away;
          percentB[i] = ratio(value[i] - mean + away, 2 * away);
          width[i] = ratio(2 * away, mean);
        }
      },
    };
  },
});
