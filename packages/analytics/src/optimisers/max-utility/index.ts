import { present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { riskAversion } from '../../optimisation/parameters.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';

export default defineOptimiser({
  id: 'max-utility',
  title: 'Most utility',
  summary: 'The weights of the most expected return after a charge for variance and costs.',
  formula: 'max μᵀw − (δ ÷ 2) wᵀΣw − costs − γ Σw²',
  source: 'Markowitz, Portfolio Selection, 1959',
  parameters: { riskAversion },
  needs: ['expectedReturns', 'covariance'],
  keeps: everyPart,
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate: (request, values) =>
    allocateTerms(
      request,
      [
        {
          kind: 'return',
          vector: present(request.expectedReturns, 'The expected returns'),
          scale: 1,
        },
        {
          kind: 'variance',
          matrix: present(request.covariance, 'The covariance'),
          scale: values.riskAversion / 2,
        },
      ],
      { maximised: true },
    ),
});
