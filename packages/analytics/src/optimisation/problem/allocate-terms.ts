import { ok, type Result } from '@plimsoll/kernel';
import type { Allocation, AllocationRequest } from '../define-optimiser.ts';
import { bestOf } from './best-of.ts';
import type { Region } from './region.ts';
import { solveTerms } from './solve-terms.ts';
import type { Term } from './term.ts';

/** The costs and the spread that a request asks for, as terms. */
function extraTerms({ linearCost, impactCost, spread }: AllocationRequest): Term[] {
  return [
    ...(linearCost ? [{ kind: 'linear-cost' as const, rates: linearCost, scale: 1 }] : []),
    ...(impactCost ? [{ kind: 'impact' as const, rates: impactCost, scale: 1 }] : []),
    ...(spread > 0 ? [{ kind: 'squares' as const, scale: spread }] : []),
  ];
}

/**
 * The weights that minimise terms, with the costs and the spread of the request, over its region.
 * Where the objective is one to maximise, its terms are the negative of it, and objective and prices
 * are turned round.
 */
export function allocateTerms(
  request: AllocationRequest,
  terms: readonly Term[],
  {
    maximised = false,
    region = request.region,
  }: { readonly maximised?: boolean; readonly region?: Region } = {},
): Result<Allocation> {
  const all = [...terms, ...extraTerms(request)];
  const { covariance } = request;
  const found = bestOf(region, (within) => solveTerms(all, { region: within, covariance }));
  if (!found.ok) return found;
  const { value, active, ...rest } = found.value;
  const sign = maximised ? -1 : 1;
  return ok({
    ...rest,
    active: active.map(({ name, price }) => ({
      name,
      price: price === null ? null : turned(sign, price),
    })),
    objective: turned(sign, value),
    figures: [],
  });
}

const turned = (sign: number, value: number): number => (value === 0 ? 0 : sign * value);
