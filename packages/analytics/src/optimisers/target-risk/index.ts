import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateAtRisk } from '../../optimisation/mean-variance/allocate-at-risk.ts';
import { targetVolatility } from '../../optimisation/parameters.ts';

export default defineOptimiser({
  id: 'target-risk',
  title: 'Most return for a risk',
  summary: 'The weights of the most expected return whose volatility is at most the target.',
  formula: 'max μᵀw − costs   with   √(wᵀΣw) ≤ target',
  source: 'Markowitz, Portfolio Selection, 1952',
  parameters: { targetVolatility },
  needs: ['expectedReturns', 'covariance'],
  keeps: ['rows', 'turnover', 'gross', 'long', 'short', 'maxNames', 'minWeight'],
  reckons: ['linearCost'],
  allocate: (request, values) =>
    allocateAtRisk(request, {
      benchmark: null,
      limit: values.targetVolatility,
      what: 'volatility',
    }),
});
