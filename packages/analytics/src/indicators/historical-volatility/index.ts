import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { RollingMoments } from '../../indicator/rolling/rolling-moments.ts';

export default defineIndicator({
  id: 'historical-volatility',
  group: 'volatility',
  title: 'Historical volatility',
  summary: 'The standard deviation of logarithmic changes, a year, in percent.',
  formula:
    '100 × √periodsPerYear × standard deviation (÷ (n − 1)) of ln(value ÷ value before) over period',
  source: 'Hull, Options, Futures, and Other Derivatives, 2018',
  params: {
    period: period(20, 'Period', 2),
    periodsPerYear: { kind: 'number', title: 'Bars a year', above: 0, max: 1e8, default: 252 },
  },
  needs: ['value'],
  outputs: ['volatility'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const moments = new RollingMoments(params.period);
    const scale = params.periodsPerYear / (params.period - 1);
    return {
      advance({ value }, from, until, [volatility]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i);
          moments.next(value[i] > 0 && before > 0 ? Math.log(value[i] / before) : Number.NaN);
          volatility[i] = 100 * Math.sqrt(scale * moments.squares);
        }
      },
    };
  },
});
