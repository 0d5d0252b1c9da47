import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { moneyFlow } from '../../indicator/money-flow.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'chaikin-money-flow',
  group: 'volume',
  title: 'Chaikin money flow',
  summary:
    'The share of volume that closed high in its bar less that which closed low, from −1 to 1.',
  formula: 'Σ ((close − low) − (high − close)) ÷ (high − low) × volume ÷ Σ volume over period',
  source: 'Chaikin; Achelis, Technical Analysis from A to Z, 2000',
  params: { period: period(20) },
  needs: ['high', 'low', 'close', 'volume'],
  outputs: ['flow'],
  warmUp: (params) => params.period,
  start: (params) => {
    const flows = new RollingMean(params.period);
    const traded = new RollingMean(params.period);
    return {
      advance({ high, low, close, volume }, from, until, [flow]) {
        for (let i = from; i < until; i++) {
          const net = flows.next(moneyFlow(high[i], low[i], close[i], volume[i]));
          flow[i] = ratio(net, traded.next(volume[i]));
        }
      },
    };
  },
});
