import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'fisher',
  group: 'momentum',
  title: 'Fisher transform',
  summary: 'Where the middle of the bar stands in its range, stretched so that turns stand out.',
  formula:
    'x ← 0.66 × ((middle − min) ÷ (max − min) − 0.5) + 0.67 x, at most ±0.999; fisher ← atanh(x) + 0.5 fisher; middle = (high + low) ÷ 2 over period',
  source: 'Ehlers, Using the Fisher transform, Technical Analysis of Stocks & Commodities, 2002',
  params: { period: period(10) },
  needs: ['high', 'low'],
  outputs: ['fisher', 'trigger'],
  warmUp: (params) => params.period + 100,
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    let place = 0;
    let stretched = 0;
    return {
      advance({ high, low }, from, until, [fisher, trigger]) {
        for (let i = from; i < until; i++) {
          fisher[i] = trigger[i] = Number.NaN;
          const middle = (high[i] + low[i]) / 2;
          const bottom = lowest.next(middle);
          const range = highest.next(middle) - bottom;
          if (Number.isNaN(range)) continue;
          place = range === 0 ? 0 : 0.66 * ((middle - bottom) / range - 0.5) + 0.67 * place;
          if (Math.abs(place) > 0.99) place = 0.999 * Math.sign(place);
          trigger[i] = stretched;
          stretched = Math.atanh(place) + 0.5 * stretched;
          fisher[i] = stretched;
        }
      },
    };
  },
});
