import { ok, present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { maxGrowth } from '../../optimisation/kelly/max-growth.ts';
import { bestOf } from '../../optimisation/problem/best-of.ts';
import { convexParts } from '../../optimisation/tail-risk/convex-parts.ts';

export default defineOptimiser({
  id: 'max-growth',
  title: 'Greatest growth (Kelly)',
  summary: 'The weights under which wealth would have grown fastest.',
  formula: 'max (1 ÷ T) Σ ln(1 + rₜ·w)',
  source: 'Kelly, A New Interpretation of Information Rate, 1956',
  parameters: {},
  needs: ['scenarios'],
  keeps: convexParts,
  reckons: [],
  allocate(request) {
    const scenarios = present(request.scenarios, 'scenarios');
    const found = bestOf(request.region, (region) => {
      const grown = maxGrowth(scenarios, region);
      return grown.ok ? ok({ ...grown.value, value: -grown.value.value }) : grown;
    });
    if (!found.ok) return found;
    const growth = -found.value.value;
    return ok({
      ...found.value,
      objective: growth,
      figures: [
        {
          id: 'growth',
          title: 'Growth a year',
          value: Math.expm1(growth * request.periodsPerYear),
          unit: 'fraction',
          formula: 'exp(periods · mean of ln(1 + rₜ·w)) − 1',
          source: 'Kelly, A New Interpretation of Information Rate, 1956',
        },
      ],
      notes: [
        ...found.value.notes,
        'Growth is of the scenarios; weights that are best for the past are larger than those that are best for the future.',
      ],
    });
  },
});
