import { ok, present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { bestOf } from '../../optimisation/problem/best-of.ts';
import { convexParts } from '../../optimisation/tail-risk/convex-parts.ts';
import { minSemiVariance } from '../../optimisation/tail-risk/min-semi-variance.ts';

export default defineOptimiser({
  id: 'min-semi-variance',
  title: 'Least semi-variance',
  summary: 'The weights whose returns below their mean vary least.',
  formula: 'min Σ min((rₜ − r̄)·w, 0)² ÷ (T − 1)',
  source: 'Markowitz, Portfolio Selection, 1959, chapter 9',
  parameters: {},
  needs: ['scenarios'],
  keeps: convexParts,
  reckons: [],
  allocate(request) {
    const scenarios = present(request.scenarios, 'scenarios');
    const found = bestOf(request.region, (region) => minSemiVariance(scenarios, region));
    if (!found.ok) return found;
    return ok({
      ...found.value,
      objective: found.value.value,
      figures: [
        {
          id: 'semi-deviation',
          title: 'Semi-deviation a period',
          value: Math.sqrt(found.value.value),
          unit: 'fraction',
          formula: '√(Σ min(xₜ − x̄, 0)² ÷ (T − 1))',
          source: 'Markowitz, Portfolio Selection, 1959',
        },
      ],
    });
  },
});
