import { present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';

export default defineOptimiser({
  id: 'max-return',
  title: 'Most return',
  summary: 'The weights whose expected return after costs is the most that the limits allow.',
  formula: 'max μᵀw − costs − γ Σw²',
  source: 'Markowitz, Portfolio Selection, 1952',
  parameters: {},
  needs: ['expectedReturns'],
  keeps: everyPart,
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate: (request) =>
    allocateTerms(
      request,
      [
        {
          kind: 'return',
          vector: present(request.expectedReturns, 'The expected returns'),
          scale: 1,
        },
      ],
      { maximised: true },
    ),
});
