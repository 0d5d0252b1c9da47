import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'volatility-stop',
  group: 'trend',
  title: 'Volatility stop',
  summary:
    'A stop some average ranges from the best close of the trend, which turns when a close is beyond.',
  formula:
    'stop = best close since the turn ∓ multiplier × atr(period) of the bar before; a close beyond turns the trend; none before the first turn',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: { period: period(7), multiplier: factor(3, 'Multiplier') },
  needs: ['high', 'low', 'close'],
  outputs: ['stop', 'turned'],
  warmUp: (params) => 150 + wilderWarmUp(params.period),
  keeps: 'path',
  start: ({ period, multiplier }) => {
    const average = wilderAverage(period);
    let range = Number.NaN;
    let seen = 0;
    let first = 0;
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    let isLong = true;
    let best = 0;
    let hasTurned = false;
    /** Whether the close is one of the first, which tell the way to begin with. */
    const isBeginning = (close: number): boolean => {
      if (seen === period) return false;
      if (seen === 0) first = close;
      highest = Math.max(highest, close);
      lowest = Math.min(lowest, close);
      seen++;
      isLong = close > first;
      best = isLong ? highest : lowest;
      return true;
    };
    /** Whether the close turns the trend, which stops at `level`. */
    const follow = (close: number, level: number): boolean => {
      const turns = isLong ? close < level : close > level;
      if (turns) {
        isLong = !isLong;
        best = close;
      } else best = isLong ? Math.max(best, close) : Math.min(best, close);
      return turns;
    };
    return {
      advance({ high, low, close }, from, until, [stop, turned]) {
        for (let i = from; i < until; i++) {
          stop[i] = turned[i] = Number.NaN;
          const away = range * multiplier;
          const now = average.next(trueRange(high[i], low[i], previous(close, i)));
          if (!Number.isNaN(now)) range = now;
          if (Number.isNaN(close[i]) || isBeginning(close[i])) continue;
          const level = best - away * (isLong ? 1 : -1);
          const turns = follow(close[i], level);
          // The trend before the first turn is a guess.
          if (hasTurned) {
            stop[i] = level;
            turned[i] = Number(turns);
          }
          hasTurned ||= turns;
        }
      },
    };
  },
});
