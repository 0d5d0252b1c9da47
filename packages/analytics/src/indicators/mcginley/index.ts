import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'mcginley',
  group: 'average',
  title: 'McGinley dynamic',
  summary: 'An average that speeds up when prices fall away from it.',
  formula: 'm ← m + (value − m) ÷ (constant × period × (value ÷ m)⁴), begun with the first value',
  source: 'McGinley, The McGinley dynamic, 1990',
  params: {
    period: period(14),
    constant: { kind: 'number', title: 'Constant', above: 0, max: 10, default: 0.6 },
  },
  needs: ['value'],
  outputs: ['mcginley'],
  warmUp: ({ period, constant }) => 2 + 2 * settling(Math.min(1, 1 / (constant * period))),
  keeps: 'path',
  start: (params) => {
    const slowness = params.constant * params.period;
    let average = Number.NaN;
    return {
      advance({ value }, from, until, [mcginley]) {
        for (let i = from; i < until; i++) {
          const x = value[i];
          if (!(x > 0)) {
            mcginley[i] = Number.NaN;
            continue;
          }
          const isFirst = Number.isNaN(average);
          // Never beyond the value itself, which a fall to a fraction of the average would cause.
          if (isFirst) average = x;
          else average += (x - average) / Math.max(1, slowness * (x / average) ** 4);
          mcginley[i] = isFirst ? Number.NaN : average;
        }
      },
    };
  },
});
