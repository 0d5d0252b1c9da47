import { present, refuse } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';

export default defineOptimiser({
  id: 'min-tracking-error',
  title: 'Nearest to a benchmark',
  summary: 'The weights whose return differs least from that of the benchmark weights.',
  formula: 'min (w − b)ᵀΣ(w − b) + costs + γ Σw²',
  source: 'Roll, A Mean/Variance Analysis of Tracking Error, 1992',
  parameters: {},
  needs: ['covariance'],
  keeps: everyPart,
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate(request) {
    const { benchmark } = request;
    if (!benchmark) {
      return refuse({
        code: 'optimisation.benchmark',
        detail: 'To track a benchmark its weights are needed; give them as benchmark weights.',
      });
    }
    const matrix = present(request.covariance, 'The covariance');
    return allocateTerms(request, [{ kind: 'tracking', matrix, benchmark, scale: 1 }]);
  },
});
