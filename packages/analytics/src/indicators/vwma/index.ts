import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'vwma',
  group: 'average',
  title: 'Volume-weighted moving average',
  summary: 'The mean price of what was traded over the last bars.',
  formula: 'Σ close × volume ÷ Σ volume over period',
  source: 'Arms, Trading Without Fear, 1996',
  params: { period: period(20) },
  needs: ['close', 'volume'],
  outputs: ['vwma'],
  warmUp: (params) => params.period,
  start: (params) => {
    const turnover = new RollingMean(params.period);
    const traded = new RollingMean(params.period);
    return {
      advance({ close, volume }, from, until, [vwma]) {
        for (let i = from; i < until; i++) {
          const worth = turnover.next(close[i] * volume[i]);
          vwma[i] = ratio(worth, traded.next(volume[i] + 0 * close[i]));
        }
      },
    };
  },
});
