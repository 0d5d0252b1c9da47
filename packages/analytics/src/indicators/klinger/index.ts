import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'klinger',
  group: 'volume',
  title: 'Klinger volume oscillator',
  summary:
    'Volume by the trend of prices and the length of its moves, a fast average less a slow one.',
  formula:
    'force = volume × |2 × (range ÷ length − 1)| × trend × 100, trend = 1 where high + low + close rose, else −1, length = Σ ranges since the trend turned, with the last before; klinger = ema(force, fast) − ema(force, slow), signal = ema(klinger, signal)',
  source:
    'Klinger, Identifying trends with volume analysis, Technical Analysis of Stocks & Commodities, 1997',
  params: {
    fast: period(34, 'Fast period'),
    slow: period(55, 'Slow period'),
    signal: period(13, 'Signal period'),
  },
  needs: ['high', 'low', 'close', 'volume'],
  outputs: ['klinger', 'signal'],
  warmUp: ({ fast, slow, signal }) =>
    30 + exponentialWarmUp(Math.max(fast, slow)) + exponentialWarmUp(signal),
  start: (params) => {
    const quick = exponentialAverage(params.fast);
    const steady = exponentialAverage(params.slow);
    const average = exponentialAverage(params.signal);
    let sumBefore = Number.NaN;
    let rangeBefore = Number.NaN;
    let trend = 0;
    let length = 0;
    /** Force of a bar, by its sum of prices, range and volume; NaN for the first two bars. */
    const forceOf = (sum: number, range: number, traded: number): number => {
      const before = trend;
      if (!Number.isNaN(sumBefore)) trend = sum > sumBefore ? 1 : -1;
      const isSecond = before === 0;
      if (isSecond) length = 0;
      else length = trend === before ? length + range : rangeBefore + range;
      sumBefore = sum;
      rangeBefore = range;
      if (isSecond || Number.isNaN(traded)) return Number.NaN;
      const share = length === 0 ? 1 : range / length;
      return share === 1 ? 0 : traded * Math.abs(2 * (share - 1)) * trend * 100;
    };
    return {
      advance({ high, low, close, volume }, from, until, [klinger, signal]) {
        for (let i = from; i < until; i++) {
          const sum = high[i] + low[i] + close[i];
          const force = Number.isNaN(sum) ? sum : forceOf(sum, high[i] - low[i], volume[i]);
          klinger[i] = quick.next(force) - steady.next(force);
          signal[i] = average.next(klinger[i]);
        }
      },
    };
  },
});
