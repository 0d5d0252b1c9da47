import { present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';

export default defineOptimiser({
  id: 'min-variance',
  title: 'Least variance',
  summary: 'The weights whose return varies least.',
  formula: 'min wᵀΣw + costs + γ Σw²',
  source: 'Markowitz, Portfolio Selection, 1952',
  parameters: {},
  needs: ['covariance'],
  keeps: everyPart,
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate: (request) =>
    allocateTerms(request, [
      { kind: 'variance', matrix: present(request.covariance, 'The covariance'), scale: 1 },
    ]),
});
