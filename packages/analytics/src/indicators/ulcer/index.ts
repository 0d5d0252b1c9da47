import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { ratio } from '../../indicator/ratio.ts';
import { RecentValues } from '../../indicator/rolling/recent-values.ts';

export default defineIndicator({
  id: 'ulcer',
  group: 'volatility',
  title: 'Ulcer index',
  summary: 'How deep and long values stood below their highest of the period, in percent.',
  formula: '√(mean of (100 × (value ÷ highest so far in the period − 1))²) over period',
  source: 'Martin and McCann, The Investor’s Guide to Fidelity Funds, 1989',
  params: { period: period(14) },
  needs: ['value'],
  outputs: ['ulcer'],
  warmUp: (params) => params.period,
  start: ({ period }) => {
    const recent = new RecentValues(period);
    return {
      advance({ value }, from, until, [ulcer]) {
        for (let i = from; i < until; i++) {
          ulcer[i] = Number.NaN;
          if (!recent.next(value[i])) continue;
          const { all, from: oldest } = recent;
          let top = all[oldest];
          let squares = 0;
          for (let t = oldest; t < oldest + period; t++) {
            top = Math.max(top, all[t]);
            const fall = ratio(all[t] - top, top);
            squares += fall * fall;
          }
          ulcer[i] = 100 * Math.sqrt(squares / period);
        }
      },
    };
  },
});
