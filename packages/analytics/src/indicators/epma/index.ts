import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingLine } from '../../indicator/rolling/rolling-line.ts';

export default defineIndicator({
  id: 'epma',
  group: 'average',
  title: 'End-point moving average',
  summary: 'Where the straight line through the last values ends.',
  formula: 'least-squares line through the last period values, at the newest',
  source: 'Kaufman, Trading Systems and Methods, 2013',
  params: { period: period(10, 'Period', 2) },
  needs: ['value'],
  outputs: ['epma'],
  warmUp: (params) => params.period,
  start: (params) => {
    const line = new RollingLine(params.period);
    return {
      advance({ value }, from, until, [epma]) {
        for (let i = from; i < until; i++) {
          line.next(value[i]);
          epma[i] = line.end;
        }
      },
    };
  },
});
