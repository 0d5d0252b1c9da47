import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingLine } from '../../indicator/rolling/rolling-line.ts';

export default defineIndicator({
  id: 'linear-regression',
  group: 'trend',
  title: 'Linear regression',
  summary: 'The straight line through the last values: its slope, its end, how well it fits.',
  formula:
    'least squares over the last period values; end = the line at the newest, deviation = standard deviation of the values, rSquared = slope² Σ(x − x̄)² ÷ Σ(y − ȳ)²',
  source: 'Kaufman, Trading Systems and Methods, 2013',
  params: { period: period(14, 'Period', 2) },
  needs: ['value'],
  outputs: ['slope', 'end', 'deviation', 'rSquared'],
  warmUp: (params) => params.period,
  start: ({ period: n }) => {
    const line = new RollingLine(n);
    const places = (n * (n * n - 1)) / 12;
    return {
      advance({ value }, from, until, [slope, end, deviation, rSquared]) {
        for (let i = from; i < until; i++) {
          line.next(value[i]);
          slope[i] = line.slope;
          end[i] = line.end;
          deviation[i] = Math.sqrt(line.squares / n);
          rSquared[i] = Math.min(1, ratio(line.slope * line.slope * places, line.squares));
        }
      },
    };
  },
});
