import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { SortedWindow } from '../../indicator/rolling/sorted-window.ts';

export default defineIndicator({
  id: 'rolling-quantile',
  group: 'statistic',
  title: 'Rolling quantile',
  summary: 'The value below which a share of the last values lie, the median by default.',
  formula: 'quantile of Hyndman and Fan’s type 7 over period',
  source: 'Hyndman and Fan, Sample quantiles in statistical packages, 1996',
  params: {
    period: period(20),
    share: { kind: 'number', title: 'Share below', min: 0, max: 1, default: 0.5 },
  },
  needs: ['value'],
  outputs: ['quantile'],
  warmUp: (params) => params.period,
  start: (params) => {
    const window = new SortedWindow(params.period);
    return {
      advance({ value }, from, until, [quantile]) {
        for (let i = from; i < until; i++) {
          quantile[i] = window.next(value[i]) ? window.quantile(params.share) : Number.NaN;
        }
      },
    };
  },
});
