import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';

export default defineIndicator({
  id: 'cmo',
  group: 'momentum',
  title: 'Chande momentum oscillator',
  summary: 'Rises less falls as a share of both, from −100 to 100; none where nothing changed.',
  formula: '100 × (Σ rises − Σ falls) ÷ (Σ rises + Σ falls) over period changes',
  source: 'Chande and Kroll, The New Technical Trader, 1994',
  params: { period: period(14) },
  needs: ['value'],
  outputs: ['cmo'],
  warmUp: (params) => params.period + 1,
  start: (params) => {
    const rises = new RollingMean(params.period);
    const falls = new RollingMean(params.period);
    return {
      advance({ value }, from, until, [cmo]) {
        for (let i = from; i < until; i++) {
          const change = value[i] - previous(value, i);
          const up = rises.next(Math.max(change, 0));
          const down = falls.next(Math.max(-change, 0));
          cmo[i] = 100 * ratio(up - down, up + down);
        }
      },
    };
  },
});
