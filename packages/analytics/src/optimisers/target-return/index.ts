import { ok, present } from '@plimsoll/kernel';
import { dot } from '@plimsoll/quant/linear-algebra';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { targetReturn } from '../../optimisation/parameters.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';
import { amount, rowInWords } from '../../optimisation/problem/words.ts';

export default defineOptimiser({
  id: 'target-return',
  title: 'Least variance for exactly a return',
  summary:
    'The weights whose return varies least among those that are expected to make the target, no less and no more.',
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
    const found = allocateTerms(request, [variance], { region });
    if (!found.ok) return found;
    const name = rowInWords(row, 'lower');
    const price = found.value.active.find((each) => each.name === name)?.price ?? 0;
    // Where a higher target would cost less, the least variance lies above it.
    if (price >= 0) return found;
    const free = allocateTerms(request, [variance]);
    const least = free.ok ? dot(row.coefficients, free.value.weights) : Number.NEGATIVE_INFINITY;
    if (!(least > values.targetReturn + 1e-9)) return found;
    return ok({
      ...found.value,
      notes: [
        ...found.value.notes,
        `The target of ${amount(values.targetReturn, 'fraction')} is below ${amount(least, 'fraction')}, which the weights of the least variance are expected to make: more return with less variance is possible. For a return of at least so much take min-variance with a least expected return.`,
      ],
    });
  },
});
