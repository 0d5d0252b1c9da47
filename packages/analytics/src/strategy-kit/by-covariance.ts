import type { ParameterTable, Result, ValuesOf } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import {
  type CovarianceMethod,
  constantColumn,
  estimateCovariance,
} from '../covariance/estimate-covariance.ts';
import type { InstrumentView, StrategyContext } from '../strategy/strategy-context.ts';
import { alignedReturns, windowParameter, withHistory } from './aligned-returns.ts';
import type { PriceHistory } from './price-history.ts';
import { tradable } from './tradable.ts';
import { type Weights, weightsOf } from './weights.ts';

/** What weights by covariance ask for. */
export const covarianceParameters = {
  window: windowParameter('Returns that the covariance is estimated of', 252),
  covariance: {
    kind: 'choice',
    title: 'How the covariance is estimated',
    of: ['ledoit-wolf-constant-correlation', 'sample', 'exponential'],
    default: 'ledoit-wolf-constant-correlation',
  },
} as const satisfies ParameterTable;

/**
 * Weights that follow from the covariance of the newest returns of all that has moved and is known for
 * long enough. Where there are none the reason is logged, and nothing is traded.
 */
export function weightsByCovariance(
  { instruments, params, log }: StrategyContext<ValuesOf<typeof covarianceParameters>>,
  history: PriceHistory,
  choose: Choose,
): Weights | 'wait' | 'keep' {
  const { window } = params;
  let held = withHistory(tradable(instruments), window);
  for (;;) {
    const found = alignedReturns(history, held, window);
    if (found === null) return 'wait';
    const still = constantColumn(found.returns);
    if (still < 0) {
      const chosen = chosenBy(choose, params.covariance, { held, returns: found.returns });
      if (chosen.ok) return weightsOf(held, chosen.value);
      log(`Nothing is traded: ${chosen.fault.detail}`);
      return 'keep';
    }
    log(`${held[still]?.id} has not moved for ${window} returns and is left out.`);
    held = held.filter((_, i) => i !== still);
  }
}

type Choose = (covariance: Matrix, names: readonly string[]) => Result<Float64Array>;

function chosenBy(
  choose: Choose,
  method: CovarianceMethod,
  { held, returns }: { readonly held: readonly InstrumentView[]; readonly returns: Matrix },
): Result<Float64Array> {
  const names = held.map(({ id }) => id);
  // One alone has no correlation to shrink towards.
  const estimate = estimateCovariance(returns, names, held.length === 1 ? 'sample' : method);
  return estimate.ok ? choose(estimate.value.covariance, names) : estimate;
}
