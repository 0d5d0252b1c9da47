import { defineIndicator } from '../../indicator/define-indicator.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RunningTotal } from '../../indicator/smoothing/running-total.ts';

export default defineIndicator({
  id: 'vwap',
  group: 'volume',
  title: 'Volume-weighted average price',
  summary: 'The mean typical price of what was traded since the session began.',
  formula:
    'Σ typical × volume ÷ Σ volume since the session began, typical = (high + low + close) ÷ 3',
  source: 'Berkowitz, Logue and Noser, The total cost of transactions on the NYSE, 1988',
  params: {},
  needs: ['high', 'low', 'close', 'volume', 'session'],
  outputs: ['vwap'],
  // Of a session only its own bars count; how many that are, the bars must say.
  warmUp: () => 1000,
  keeps: 'path',
  start: () => {
    const turnover = new RunningTotal();
    const traded = new RunningTotal();
    return {
      advance({ high, low, close, volume, session }, from, until, [vwap]) {
        for (let i = from; i < until; i++) {
          if (session[i] !== previous(session, i)) {
            turnover.clear();
            traded.clear();
          }
          const typical = (high[i] + low[i] + close[i]) / 3;
          const worth = turnover.next(typical * volume[i]);
          vwap[i] = ratio(worth, traded.next(volume[i] + 0 * typical));
        }
      },
    };
  },
});
