import { ok, present, type Result } from '@plimsoll/kernel';
import type { Allocation, AllocationRequest } from '../define-optimiser.ts';
import { bestOf } from '../problem/best-of.ts';
import { mostGainAtRisk } from './most-gain-at-risk.ts';

/** The weights of the most expected return after costs where a risk is limited. */
export function allocateAtRisk(
  { region, covariance, expectedReturns, linearCost }: AllocationRequest,
  {
    benchmark,
    limit,
    what,
  }: { readonly benchmark: Float64Array | null; readonly limit: number; readonly what: string },
): Result<Allocation> {
  const frontier = {
    covariance: present(covariance, 'The covariance'),
    gain: present(expectedReturns, 'The expected returns'),
    tradeCost: linearCost,
    benchmark,
  };
  const found = bestOf(region, (within) => {
    const most = mostGainAtRisk({ ...frontier, region: within }, limit, what);
    return most.ok ? ok({ ...most.value, value: -most.value.gain }) : most;
  });
  if (!found.ok) return found;
  const { value, ...rest } = found.value;
  return ok({ ...rest, objective: -value, figures: [] });
}
