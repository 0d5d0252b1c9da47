import { ok, type Result } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { regionOf } from '../../optimisation/problem/constraint.ts';
import { solveTerms } from '../../optimisation/problem/solve-terms.ts';
import { allocationStrategy } from '../../strategy-kit/allocation-strategy.ts';
import { covarianceParameters, weightsByCovariance } from '../../strategy-kit/by-covariance.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';

/** Long-only weights of the least variance, none above `most` unless they could not sum to 1. */
function leastVariance(
  matrix: Matrix,
  names: readonly string[],
  most: number,
): Result<Float64Array> {
  const upper = Math.max(most, 1 / names.length);
  const region = regionOf(names, [
    { kind: 'budget', total: 1 },
    { kind: 'bounds', lower: 0, upper },
  ]);
  if (!region.ok) return region;
  const where = { region: region.value, covariance: null };
  const solved = solveTerms([{ kind: 'variance', matrix, scale: 1 }], where);
  return solved.ok ? ok(solved.value.weights) : solved;
}

export default allocationStrategy({
  id: 'min-variance',
  group: 'allocation',
  title: 'Least variance',
  summary:
    'The long-only weights that would have varied least over the last year: calm shares have earned more than their risk said they should. What it holds is crowded into a few calm things, and last year’s calm need not be this year’s.',
  source:
    'Clarke, de Silva, Thorley, Minimum-Variance Portfolios in the U.S. Equity Market, Journal of Portfolio Management, 2006',
  params: {
    ...covarianceParameters,
    most: {
      kind: 'number',
      title: 'Largest share of one instrument',
      help: 'Raised where there are too few instruments for it.',
      above: 0,
      max: 1,
      default: 1,
    },
  },
  warmUp: ({ window }) => window,
  prepare: priceHistory,
  weights: (context, history) =>
    weightsByCovariance(context, history, (covariance, names) =>
      leastVariance(covariance, names, context.params.most),
    ),
});
