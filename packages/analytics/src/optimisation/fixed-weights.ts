import type { Result } from '@plimsoll/kernel';
import type { Allocation } from './define-optimiser.ts';
import type { Region } from './problem/region.ts';
import { ruledAllocation } from './ruled-allocation.ts';

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
  return ruledAllocation(
    shares.map((share) => share / sum),
    region,
    rule,
  );
}
