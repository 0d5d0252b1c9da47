import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { Lag } from '../../indicator/rolling/lag.ts';
import { wilderAverage } from '../../indicator/smoothing/exponential-average.ts';
import { wilderWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'alligator',
  group: 'trend',
  title: 'Alligator',
  summary: 'Three smoothed averages of the middle of bars, each of some bars before.',
  formula: 'jaw, teeth, lips = smma((high + low) ÷ 2, period) of offset bars before',
  source: 'Williams, New Trading Dimensions, 1998',
  params: {
    jaw: period(13, 'Jaw period'),
    jawOffset: period(8, 'Jaw offset', 0),
    teeth: period(8, 'Teeth period'),
    teethOffset: period(5, 'Teeth offset', 0),
    lips: period(5, 'Lips period'),
    lipsOffset: period(3, 'Lips offset', 0),
  },
  needs: ['high', 'low'],
  outputs: ['jaw', 'teeth', 'lips'],
  warmUp: (params) =>
    Math.max(
      wilderWarmUp(params.jaw) + params.jawOffset,
      wilderWarmUp(params.teeth) + params.teethOffset,
      wilderWarmUp(params.lips) + params.lipsOffset,
    ),
  start: (params) => {
    const averages = [params.jaw, params.teeth, params.lips].map(wilderAverage);
    const lags = [params.jawOffset, params.teethOffset, params.lipsOffset].map(
      (bars) => new Lag(bars),
    );
    return {
      advance({ high, low }, from, until, outputs) {
        for (let i = from; i < until; i++) {
          const middle = (high[i] + low[i]) / 2;
          for (let k = 0; k < 3; k++) outputs[k][i] = lags[k].next(averages[k].next(middle));
        }
      },
    };
  },
});
