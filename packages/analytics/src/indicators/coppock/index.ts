import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingLine } from '../../indicator/rolling/rolling-line.ts';

export default defineIndicator({
  id: 'coppock',
  group: 'momentum',
  title: 'Coppock curve',
  summary: 'Two rates of change added and smoothed, made for monthly turns.',
  formula: 'wma(roc(long) + roc(short), smooth)',
  source: 'Coppock, Practical Relative Strength Charting, 1962',
  params: {
    short: period(11, 'Short period'),
    long: period(14, 'Long period'),
    smooth: period(10, 'Smoothing'),
  },
  needs: ['value'],
  outputs: ['coppock'],
  warmUp: ({ short, long, smooth }) => Math.max(short, long) + smooth,
  start: ({ short, long, smooth }) => {
    const line = new RollingLine(smooth);
    return {
      advance({ value }, from, until, [coppock]) {
        for (let i = from; i < until; i++) {
          const near = previous(value, i, short);
          const far = previous(value, i, long);
          line.next(100 * (ratio(value[i] - near, near) + ratio(value[i] - far, far)));
          coppock[i] = line.weighted;
        }
      },
    };
  },
});
