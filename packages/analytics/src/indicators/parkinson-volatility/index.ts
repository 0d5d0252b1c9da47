import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'parkinson-volatility',
  group: 'volatility',
  title: 'Parkinson volatility',
  summary: 'Volatility a year in percent from the ranges of bars alone.',
  formula: '100 × √(periodsPerYear × mean ln²(high ÷ low) ÷ (4 ln 2)) over period',
  source:
    'Parkinson, The extreme value method for estimating the variance of the rate of return, 1980',
  params: {
    period: period(20),
    periodsPerYear: { kind: 'number', title: 'Bars a year', above: 0, max: 1e8, default: 252 },
  },
  needs: ['high', 'low'],
  outputs: ['volatility'],
  warmUp: (params) => params.period,
  start: (params) => {
    const mean = new RollingMean(params.period);
    const scale = params.periodsPerYear / (4 * Math.LN2);
    return {
      advance({ high, low }, from, until, [volatility]) {
        for (let i = from; i < until; i++) {
          const range = low[i] > 0 ? Math.log(high[i] / low[i]) : Number.NaN;
          volatility[i] = 100 * Math.sqrt(scale * mean.next(range * range));
        }
      },
    };
  },
});
