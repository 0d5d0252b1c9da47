import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'force-index',
  group: 'volume',
  title: 'Force index',
  summary: 'Changes times volume, smoothed.',
  formula: 'ema((close − close before) × volume, period)',
  source: 'Elder, Trading for a Living, 1993',
  params: { period: period(13) },
  needs: ['close', 'volume'],
  outputs: ['force'],
  warmUp: (params) => 1 + exponentialWarmUp(params.period),
  start: (params) => {
    const average = exponentialAverage(params.period);
    return {
      advance({ close, volume }, from, until, [force]) {
        for (let i = from; i < until; i++) {
          force[i] = average.next((close[i] - previous(close, i)) * volume[i]);
        }
      },
    };
  },
});
