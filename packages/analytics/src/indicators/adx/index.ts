import { riseOf } from '../../indicator/choose.ts';
import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';
import { trueRange } from '../../indicator/true-range.ts';

export default defineIndicator({
  id: 'adx',
  group: 'trend',
  title: 'Average directional index',
  summary: 'How strong a trend is, from 0 to 100, with the strengths of rises and falls.',
  formula:
    'plus, minus = 100 × smoothed directional movement ÷ smoothed true range; dx = 100 × |plus − minus| ÷ (plus + minus); adx = smoothed dx; adxr = (adx + adx of period bars before) ÷ 2. All smoothed as x ← x + (new − x) ÷ period',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: { period: period(14) },
  needs: ['high', 'low', 'close'],
  outputs: ['adx', 'plus', 'minus', 'dx', 'adxr'],
  warmUp: ({ period }) => 1 + 2 * wilderWarmUp(period) + period,
  start: (params) => {
    const back = params.period;
    const range = wilderAverage(params.period);
    const rises = wilderAverage(params.period);
    const falls = wilderAverage(params.period);
    const average = wilderAverage(params.period);
    return {
      advance({ high, low, close }, from, until, [adx, plus, minus, dx, adxr]) {
        // Two loops, each small enough to be compiled as one piece.
        for (let i = from; i < until; i++) {
          const up = high[i] - previous(high, i);
          const down = previous(low, i) - low[i];
          const whole = range.next(trueRange(high[i], low[i], previous(close, i)));
          // A movement that is no number must not count as none.
          const none = 0 * (up + down);
          plus[i] = 100 * ratio(rises.next(Number(up > down) * riseOf(up) + none), whole);
          minus[i] = 100 * ratio(falls.next(Number(down > up) * riseOf(down) + none), whole);
        }
        for (let i = from; i < until; i++) {
          const strength = 100 * ratio(Math.abs(plus[i] - minus[i]), plus[i] + minus[i]);
          const smoothed = average.next(strength);
          dx[i] = strength;
          adx[i] = smoothed;
          adxr[i] = (smoothed + previous(adx, i, back)) / 2;
        }
      },
    };
  },
});
