import { ok, type Result } from '@plimsoll/kernel';
import type { Allocation } from './define-optimiser.ts';
import type { Region } from './problem/region.ts';
import { fitRegion } from './risk-parity/fit-region.ts';

/**
 * The allocation of a rule that finds weights without looking at limits; refused where they break one.
 *
 * @param weights Shape [n], adding up to 1.
 * @param rule What the rule is called: `Equal weight`.
 */
export function ruledAllocation(
  weights: Float64Array,
  region: Region,
  rule: string,
  { iterations = 0, figures = [], notes = [] }: Partial<Allocation> = {},
): Result<Allocation> {
  const fitted = fitRegion(weights, region, rule);
  if (!fitted.ok) return fitted;
  return ok({
    weights: fitted.value,
    objective: null,
    active: [],
    status: 'optimal',
    iterations,
    figures,
    notes,
  });
}
