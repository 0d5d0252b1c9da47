import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'ease-of-movement',
  group: 'volume',
  title: 'Ease of movement',
  summary: 'How far the middle of bars moves for the volume it takes.',
  formula:
    'sma((middle − middle before) × (high − low) ÷ (volume ÷ divisor), period), middle = (high + low) ÷ 2',
  source: 'Arms, Profits in Volume, 1971',
  params: {
    period: period(14),
    divisor: { kind: 'number', title: 'Volume divisor', above: 0, max: 1e15, default: 1e8 },
  },
  needs: ['high', 'low', 'volume'],
  outputs: ['ease'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const mean = new RollingMean(params.period);
    return {
      advance({ high, low, volume }, from, until, [ease]) {
        for (let i = from; i < until; i++) {
          const middle = (high[i] + low[i]) / 2;
          const moved = middle - (previous(high, i) + previous(low, i)) / 2;
          ease[i] = mean.next(ratio(moved * (high[i] - low[i]) * params.divisor, volume[i]));
        }
      },
    };
  },
});
