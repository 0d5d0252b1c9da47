import { defineIndicator } from '../../indicator/define-indicator.ts';
import { piece, pieceColumn } from '../../indicator/in-pieces.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'money-flow-index',
  group: 'volume',
  title: 'Money flow index',
  summary:
    'The share of turnover on rises in that of all changes, from 0 to 100; none where nothing changed.',
  formula:
    '100 × Σ turnover on rises of typical ÷ Σ turnover on all changes over period, typical = (high + low + close) ÷ 3, turnover = typical × volume',
  source:
    'Quong and Soudack, Volume-weighted RSI: money flow, Technical Analysis of Stocks & Commodities, 1989',
  params: { period: period(14) },
  needs: ['high', 'low', 'close', 'volume'],
  outputs: ['mfi'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const rises = new RollingMean(params.period);
    const falls = new RollingMean(params.period);
    const ups = pieceColumn();
    const downs = pieceColumn();
    let before = Number.NaN;
    return {
      advance({ high, low, close, volume }, from, until, [mfi]) {
        let last = before;
        for (let at = from; at < until; at += piece) {
          const end = Math.min(until, at + piece);
          for (let i = at; i < end; i++) {
            const typical = (high[i] + low[i] + close[i]) / 3;
            // A change that is no number makes the turnover none.
            const turnover = typical * volume[i] + 0 * last;
            ups[i - at] = Number(typical > last) * turnover;
            downs[i - at] = Number(typical < last) * turnover;
            last = typical;
          }
          rises.column(ups, 0, end - at, ups);
          falls.column(downs, 0, end - at, downs);
          for (let i = at; i < end; i++) {
            mfi[i] = 100 * ratio(ups[i - at], ups[i - at] + downs[i - at]);
          }
        }
        before = last;
      },
    };
  },
});
