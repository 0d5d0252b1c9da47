import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'dpo',
  group: 'momentum',
  title: 'Detrended price oscillator',
  summary: 'A past value less the average around it. It is centred, so it is given some bars late.',
  formula: 'value of ⌊period ÷ 2⌋ + 1 bars before − sma(value, period)',
  source: 'Achelis, Technical Analysis from A to Z, 2000',
  params: { period: period(20) },
  needs: ['value'],
  outputs: ['dpo'],
  warmUp: (params) => Math.max(params.period, Math.floor(params.period / 2) + 2),
  start: (params) => {
    const back = Math.floor(params.period / 2) + 1;
    const mean = new RollingMean(params.period);
    return {
      advance({ value }, from, until, [dpo]) {
        for (let i = from; i < until; i++) dpo[i] = previous(value, i, back) - mean.next(value[i]);
      },
    };
  },
});
