import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { RollingLine } from '../../indicator/rolling/rolling-line.ts';

export default defineIndicator({
  id: 'hma',
  group: 'average',
  title: 'Hull moving average',
  summary: 'Weighted averages combined so that the delay almost goes.',
  formula: 'wma(2 × wma(value, ⌊period ÷ 2⌋) − wma(value, period), ⌊√period⌋)',
  source: 'Hull, How to reduce lag in a moving average, 2005',
  params: { period: period(20, 'Period', 2) },
  needs: ['value'],
  outputs: ['hma'],
  warmUp: (params) => params.period + Math.floor(Math.sqrt(params.period)) - 1,
  start: (params) => {
    const half = new RollingLine(Math.floor(params.period / 2));
    const whole = new RollingLine(params.period);
    const last = new RollingLine(Math.floor(Math.sqrt(params.period)));
    return {
      advance({ value }, from, until, [hma]) {
        for (let i = from; i < until; i++) {
          half.next(value[i]);
          whole.next(value[i]);
          last.next(2 * half.weighted - whole.weighted);
          hma[i] = last.weighted;
        }
      },
    };
  },
});
