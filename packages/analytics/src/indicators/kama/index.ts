import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { previous } from '../../indicator/previous.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'kama',
  group: 'average',
  title: 'Kaufman’s adaptive moving average',
  summary: 'An average that is fast where prices go one way and slow where they go to and fro.',
  formula:
    'efficiency = |value − value of period bars before| ÷ Σ |changes|, α = (efficiency × (2 ÷ (fast + 1) − 2 ÷ (slow + 1)) + 2 ÷ (slow + 1))², kama ← kama + α (value − kama)',
  source: 'Kaufman, Smarter Trading, 1995',
  params: { period: period(10), fast: period(2, 'Fast period'), slow: period(30, 'Slow period') },
  needs: ['value'],
  outputs: ['kama', 'efficiency'],
  warmUp: ({ period, fast, slow }) => period + settling((2 / (Math.max(fast, slow) + 1)) ** 2),
  start: (params) => {
    const quick = 2 / (params.fast + 1);
    const steady = 2 / (params.slow + 1);
    const path = new RollingMean(params.period);
    let average = Number.NaN;
    return {
      advance({ value }, from, until, [kama, efficiency]) {
        for (let i = from; i < until; i++) {
          const x = value[i];
          const way = params.period * path.next(Math.abs(x - previous(value, i)));
          const straight = Math.abs(x - previous(value, i, params.period));
          const share = way === 0 ? 0 : straight / way;
          efficiency[i] = share;
          if (!Number.isNaN(share) && !Number.isNaN(average)) {
            average += (share * (quick - steady) + steady) ** 2 * (x - average);
            kama[i] = average;
          } else if (Number.isNaN(average) && i >= params.period - 1) {
            average = x;
            kama[i] = x;
          } else kama[i] = Number.NaN;
        }
      },
    };
  },
});
