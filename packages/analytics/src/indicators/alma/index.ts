import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor, period } from '../../indicator/indicator-parameters.ts';
import { WeightedAverage } from '../../indicator/smoothing/weighted-average.ts';

export default defineIndicator({
  id: 'alma',
  group: 'average',
  title: 'Arnaud Legoux moving average',
  summary: 'An average weighted by a bell curve whose top lies near the newest values.',
  formula:
    'Σ w value ÷ Σ w, w_k = exp(−(k − offset × (period − 1))² ÷ (2 (period ÷ sigma)²)), k = 0 for the oldest',
  source: 'Legoux and Kouzis-Loukas, Arnaud Legoux moving average, 2009',
  params: {
    period: period(9),
    offset: factor(0.85, 'Place of the top', 1),
    sigma: { kind: 'number', title: 'Sharpness', above: 0, max: 1000, default: 6 },
  },
  needs: ['value'],
  outputs: ['alma'],
  warmUp: (params) => params.period,
  start: ({ period, offset, sigma }) => {
    const top = offset * (period - 1);
    const width = period / sigma;
    const weights = Float64Array.from({ length: period }, (_, k) =>
      Math.exp(-((k - top) ** 2) / (2 * width * width)),
    );
    const average = new WeightedAverage(weights);
    return {
      advance({ value }, from, until, [alma]) {
        for (let i = from; i < until; i++) alma[i] = average.next(value[i]);
      },
    };
  },
});
