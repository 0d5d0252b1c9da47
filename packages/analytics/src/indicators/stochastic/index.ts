import { defineIndicator } from '../../indicator/define-indicator.ts';
import { piece, pieceColumn } from '../../indicator/in-pieces.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'stochastic',
  group: 'momentum',
  title: 'Stochastic oscillator',
  summary: 'Where the close stands between the lowest low and the highest high, from 0 to 100.',
  formula:
    'raw = 100 × (close − min low) ÷ (max high − min low) over period, k = sma(raw, smooth), d = sma(k, signal), j = 3 k − 2 d; none where high and low are one',
  source: 'Lane, Lane’s stochastics, Technical Analysis of Stocks & Commodities, 1984',
  params: {
    period: period(14),
    smooth: period(3, 'Smoothing'),
    signal: period(3, 'Signal period'),
  },
  needs: ['high', 'low', 'close'],
  outputs: ['k', 'd', 'j'],
  warmUp: ({ period, smooth, signal }) => period + smooth + signal - 2,
  start: (params) => {
    const highest = rollingHighest(params.period);
    const lowest = rollingLowest(params.period);
    const tops = pieceColumn();
    const bottoms = pieceColumn();
    const smooth = new RollingMean(params.smooth);
    const signal = new RollingMean(params.signal);
    return {
      advance({ high, low, close }, from, until, [k, d, j]) {
        for (let at = from; at < until; at += piece) {
          const end = Math.min(until, at + piece);
          highest.column(high, at, end, tops, -at);
          lowest.column(low, at, end, bottoms, -at);
          for (let i = at; i < end; i++) {
            const bottom = bottoms[i - at];
            tops[i - at] = 100 * ratio(close[i] - bottom, tops[i - at] - bottom);
          }
          smooth.column(tops, 0, end - at, k, at);
          signal.column(k, at, end, d);
          for (let i = at; i < end; i++) j[i] = 3 * k[i] - 2 * d[i];
        }
      },
    };
  },
});
