import { refuse } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateAtRisk } from '../../optimisation/mean-variance/allocate-at-risk.ts';
import { trackingErrorLimit } from '../../optimisation/parameters.ts';

export default defineOptimiser({
  id: 'max-active-return',
  title: 'Most return near a benchmark',
  summary: 'The weights of the most expected return whose tracking error is at most the limit.',
  formula: 'max μᵀw − costs   with   √((w − b)ᵀΣ(w − b)) ≤ limit',
  source: 'Roll, A Mean/Variance Analysis of Tracking Error, 1992; Jorion, 2003',
  parameters: { trackingErrorLimit },
  needs: ['expectedReturns', 'covariance'],
  keeps: ['rows', 'turnover', 'gross', 'long', 'short', 'maxNames', 'minWeight'],
  reckons: ['linearCost'],
  allocate(request, values) {
    const { benchmark } = request;
    if (!benchmark) {
      return refuse({
        code: 'optimisation.benchmark',
        detail:
          'A tracking error needs the weights of a benchmark; give them as benchmark weights.',
      });
    }
    return allocateAtRisk(request, {
      benchmark,
      limit: values.trackingErrorLimit,
      what: 'tracking error',
    });
  },
});
