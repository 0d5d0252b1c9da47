import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { SortedWindow } from '../../indicator/rolling/sorted-window.ts';
import { RelativeStrength } from '../../indicator/smoothing/relative-strength.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'connors-rsi',
  group: 'momentum',
  title: 'Connors relative strength index',
  summary:
    'The mean of three: strength of the value, strength of its streak, rank of its last change.',
  formula:
    '(rsi(value, period) + rsi(streak, streak) + 100 × share of the rank changes before that were below this one) ÷ 3',
  source: 'Connors and Alvarez, An Introduction to ConnorsRSI, 2012',
  params: {
    period: period(3),
    streak: period(2, 'Streak period'),
    rank: period(100, 'Rank period'),
  },
  needs: ['value'],
  outputs: ['connors', 'streak', 'rsi', 'streakRsi', 'rank'],
  warmUp: ({ period, streak, rank }) =>
    Math.max(1 + wilderWarmUp(period), 20 + wilderWarmUp(streak), rank + 2),
  start: (params) => {
    const strength = new RelativeStrength(params.period);
    const streakStrength = new RelativeStrength(params.streak);
    const changes = new SortedWindow(params.rank + 1);
    let run = 0;
    const lengthen = (change: number): number => {
      if (Number.isNaN(change)) return 0;
      const sign = Math.sign(change);
      return sign === Math.sign(run) ? run + sign : sign;
    };
    return {
      advance({ value }, from, until, [connors, streak, rsi, streakRsi, rank]) {
        for (let i = from; i < until; i++) {
          const before = previous(value, i);
          run = lengthen(value[i] - before);
          const change = ratio(value[i] - before, before);
          rsi[i] = strength.next(value[i]);
          streakRsi[i] = streakStrength.next(run);
          streak[i] = run;
          rank[i] = changes.next(change) ? (100 * changes.below(change)) / params.rank : Number.NaN;
          connors[i] = (rsi[i] + streakRsi[i] + rank[i]) / 3;
        }
      },
    };
  },
});
