import { present, refuse } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { fixedWeights } from '../../optimisation/fixed-weights.ts';

export default defineOptimiser({
  id: 'inverse-volatility',
  title: 'Inverse volatility',
  summary: 'Weights that are smaller the more an instrument varies by itself.',
  formula: 'w ∝ 1 ÷ σ',
  source:
    'Maillard, Roncalli and Teïletche, On the Properties of Equally-Weighted Risk Contributions, 2010, §2',
  parameters: {},
  needs: ['covariance'],
  keeps: [],
  reckons: [],
  allocate({ region, covariance, names }) {
    const { data } = present(covariance, 'The covariance');
    const n = names.length;
    const still = names.findIndex((_, i) => !(data[i * (n + 1)] > 0));
    if (still >= 0) {
      return refuse({
        code: 'optimisation.constant',
        detail: `${names[still]} does not vary at all, so that its weight would be without end.`,
      });
    }
    const shares = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(data[i * (n + 1)]));
    return fixedWeights(shares, region, 'Inverse volatility');
  },
});
