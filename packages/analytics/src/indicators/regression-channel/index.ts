import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { RollingLine } from '../../indicator/rolling/rolling-line.ts';

export default defineIndicator({
  id: 'regression-channel',
  group: 'channel',
  title: 'Regression channel',
  summary:
    'The end of the straight line through the last values, with bands at standard deviations.',
  formula:
    'middle = end of the least-squares line, upper and lower = middle ± deviations × standard deviation of the values (÷ n) over period',
  source: 'Raff, Trading the regression channel, Technical Analysis of Stocks & Commodities, 1991',
  params: { period: period(20, 'Period', 2), deviations: factor(2, 'Deviations') },
  needs: ['value'],
  outputs: ['middle', 'upper', 'lower'],
  warmUp: (params) => params.period,
  start: ({ period, deviations }) => {
    const line = new RollingLine(period);
    return {
      advance({ value }, from, until, [middle, upper, lower]) {
        for (let i = from; i < until; i++) {
          line.next(value[i]);
          const away = deviations * Math.sqrt(line.squares / period);
          middle[i] = line.end;
          upper[i] = line.end + away;
          lower[i] = line.end - away;
        }
      },
    };
  },
});
