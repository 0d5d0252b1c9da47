import { defineIndicator } from '../../indicator/define-indicator.ts';
import { piece, pieceColumn } from '../../indicator/in-pieces.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'williams-r',
  group: 'momentum',
  title: 'Williams %R',
  summary: 'Where the close stands below the highest high, from −100 to 0.',
  formula:
    '−100 × (max high − close) ÷ (max high − min low) over period; none where high and low are one',
  source: 'Williams, How I Made One Million Dollars Last Year Trading Commodities, 1973',
  params: { period: period(14) },
  needs: ['high', 'low', 'close'],
  outputs: ['percentR'],
  warmUp: (params) => params.period,
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    const tops = pieceColumn();
    const bottoms = pieceColumn();
    return {
      advance({ high, low, close }, from, until, [percentR]) {
        for (let at = from; at < until; at += piece) {
          const end = Math.min(until, at + piece);
          highest.column(high, at, end, tops, -at);
          lowest.column(low, at, end, bottoms, -at);
          for (let i = at; i < end; i++) {
            const top = tops[i - at];
            percentR[i] = -100 * ratio(top - close[i], top - bottoms[i - at]);
          }
        }
      },
    };
  },
});
