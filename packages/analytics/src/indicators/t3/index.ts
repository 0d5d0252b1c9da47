import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { ChainedAverages } from '../../indicator/smoothing/chained-averages.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 't3',
  group: 'average',
  title: 'T3 moving average',
  summary: 'Six exponential averages in a row, mixed so that it is smooth and late by little.',
  formula:
    'c₁ e₆ + c₂ e₅ + c₃ e₄ + c₄ e₃ with a = volumeFactor, c₁ = −a³, c₂ = 3a² + 3a³, c₃ = −6a² − 3a − 3a³, c₄ = 1 + 3a + a³ + 3a²; all begun with the first value',
  source: 'Tillson, Better moving averages, Technical Analysis of Stocks & Commodities, 1998',
  params: { period: period(5), volumeFactor: factor(0.7, 'Volume factor', 2) },
  needs: ['value'],
  outputs: ['t3'],
  warmUp: (params) => 1 + 3 * settling(2 / (params.period + 1)),
  start: ({ period, volumeFactor: a }) => {
    const averages = new ChainedAverages(period, 6, 1);
    const c1 = -(a ** 3);
    const c2 = 3 * a ** 2 + 3 * a ** 3;
    const c3 = -6 * a ** 2 - 3 * a - 3 * a ** 3;
    const c4 = 1 + 3 * a + a ** 3 + 3 * a ** 2;
    return {
      advance({ value }, from, until, [t3]) {
        for (let i = from; i < until; i++) {
          t3[i] = averages.next(value[i])
            ? c1 * averages.at(6) + c2 * averages.at(5) + c3 * averages.at(4) + c4 * averages.at(3)
            : Number.NaN;
        }
      },
    };
  },
});
