import { present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { targetReturn } from '../../optimisation/parameters.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';

export default defineOptimiser({
  id: 'target-return',
  title: 'Least variance for a return',
  summary:
    'The weights whose return varies least among those that are expected to make the target.',
  formula: 'min wᵀΣw + costs + γ Σw²   with   μᵀw = target',
  source: 'Markowitz, Portfolio Selection, 1952',
  parameters: { targetReturn },
  needs: ['expectedReturns', 'covariance'],
  keeps: everyPart,
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate(request, values) {
    const row = {
      name: 'expected return',
      coefficients: present(request.expectedReturns, 'The expected returns'),
      lower: values.targetReturn,
      upper: values.targetReturn,
      unit: 'fraction' as const,
    };
    const region = { ...request.region, rows: [...request.region.rows, row] };
    const variance = {
      kind: 'variance' as const,
      matrix: present(request.covariance, 'The covariance'),
      scale: 1,
    };
    return allocateTerms(request, [variance], { region });
  },
});
