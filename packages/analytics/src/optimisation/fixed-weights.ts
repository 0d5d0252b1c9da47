import { ok, type Result } from '@plimsoll/kernel';
import type { Allocation } from './define-optimiser.ts';
import type { Region } from './problem/region.ts';
import { fitRegion } from './risk-parity/fit-region.ts';

/**
 * The allocation of a rule that does not look at limits: its shares, scaled to the budget.
 *
 * @param shares Shape [n], adding up to more than 0.
 * @param rule What the rule is called: `Equal weight`.
 */
export function fixedWeights(
  shares: Float64Array,
  region: Region,
  rule: string,
): Result<Allocation> {
  let sum = 0;
  for (const share of shares) sum += share;
  const fitted = fitRegion(
    shares.map((share) => share / sum),
    region,
    rule,
  );
  if (!fitted.ok) return fitted;
  return ok({
    weights: fitted.value,
    objective: null,
    active: [],
    status: 'optimal',
    iterations: 0,
    figures: [],
    notes: [],
  });
}
