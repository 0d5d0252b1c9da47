import { defineIndicator } from '../../indicator/define-indicator.ts';

export default defineIndicator({
  id: 'parabolic-sar',
  group: 'trend',
  title: 'Parabolic stop and reverse',
  summary:
    'A stop that follows a trend ever faster and turns when it is hit; none before the first turn.',
  formula:
    'sar ← sar + a (extreme − sar), never beyond the last two lows (highs); a grows by step to most with each new extreme; a bar beyond sar turns it: sar = extreme, a = step',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: {
    step: { kind: 'number', title: 'Acceleration step', above: 0, max: 1, default: 0.02 },
    most: { kind: 'number', title: 'Most acceleration', above: 0, max: 1, default: 0.2 },
  },
  needs: ['high', 'low'],
  outputs: ['sar', 'turned'],
  warmUp: () => 100,
  keeps: 'path',
  start: ({ step, most }) => {
    let seen = 0;
    let isRising = true;
    let hasTurned = false;
    let speed = step;
    let extreme = 0;
    let stop = 0;
    // Of the last two bars, the way the trend is guarded: lows where it rises, highs where it falls.
    const highs = new Float64Array(2);
    const lows = new Float64Array(2);

    /** Whether the bar turns the trend. */
    const follow = (top: number, bottom: number): boolean => {
      const sign = isRising ? 1 : -1;
      const guard = isRising ? Math.min(lows[0], lows[1]) : -Math.max(highs[0], highs[1]);
      let next = sign * (stop + speed * (extreme - stop));
      if (seen >= 2) next = Math.min(next, guard);
      const favourable = isRising ? top : bottom;
      const adverse = isRising ? bottom : top;
      if (sign * adverse < next) {
        stop = extreme;
        extreme = adverse;
        speed = step;
        isRising = !isRising;
        return true;
      }
      stop = sign * next;
      if (sign * favourable > sign * extreme) {
        extreme = favourable;
        speed = Math.min(speed + step, most);
      }
      return false;
    };
    const take = (top: number, bottom: number): boolean => {
      let turns = false;
      if (seen > 0) turns = follow(top, bottom);
      else {
        extreme = top;
        stop = bottom;
      }
      highs[seen % 2] = top;
      lows[seen % 2] = bottom;
      seen++;
      return turns;
    };
    return {
      advance({ high, low }, from, until, [sar, turned]) {
        for (let i = from; i < until; i++) {
          sar[i] = turned[i] = Number.NaN;
          if (Number.isNaN(high[i] + low[i])) continue;
          const turns = take(high[i], low[i]);
          // The trend before the first turn is a guess.
          if (hasTurned) {
            sar[i] = stop;
            turned[i] = turns ? 1 : 0;
          }
          hasTurned ||= turns;
        }
      },
    };
  },
});
