import { present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateRatio } from '../../optimisation/mean-variance/allocate-ratio.ts';
import { maxRatio } from '../../optimisation/mean-variance/max-ratio.ts';

export default defineOptimiser({
  id: 'max-diversification',
  title: 'Most diversification',
  summary: 'The weights whose own volatilities, averaged, are the most above that of the whole.',
  formula: 'max (Σ σw) ÷ √(wᵀΣw)',
  source: 'Choueifaty and Coignard, Toward Maximum Diversification, 2008',
  parameters: {},
  needs: ['covariance'],
  keeps: ['rows', 'turnover', 'gross', 'long', 'short', 'maxNames', 'minWeight'],
  reckons: [],
  allocate(request) {
    const covariance = present(request.covariance, 'The covariance');
    const n = covariance.rows;
    const gain = Float64Array.from({ length: n }, (_, i) =>
      Math.sqrt(Math.max(0, covariance.data[i * (n + 1)])),
    );
    return allocateRatio(request.region, (region) =>
      maxRatio({ region, covariance, gain, tradeCost: null, benchmark: null }),
    );
  },
});
