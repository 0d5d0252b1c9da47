import { ok, type Result } from '@plimsoll/kernel';
import type { ActiveConstraint, Allocation } from '../define-optimiser.ts';
import { branch, type Relaxed } from './branch.ts';
import type { Region } from './region.ts';

type Found = Pick<Allocation, 'weights' | 'active' | 'status' | 'iterations' | 'notes'> & {
  /** What was minimised. */
  readonly value: number;
};

/**
 * Minimises over a region, number of names and least weight included, where `relax` minimises over
 * one without regard to those two.
 */
export function bestOf<T extends Relaxed & { readonly status?: 'optimal' | 'limit' }>(
  region: Region,
  relax: (region: Region) => Result<T>,
): Result<Found> {
  if (region.maxNames === null && region.minWeight === null) {
    const found = relax(region);
    if (!found.ok) return found;
    const { weights, active, iterations, value, status = 'optimal' } = found.value;
    return ok({ weights, active, iterations, value, status, notes: [] });
  }
  const found = branch(region, relax);
  if (!found.ok) return found;
  const { best, status, nodes, bound } = found.value;
  return ok({
    weights: best.weights.map((w) => (Math.abs(w) < 1e-12 ? 0 : w)),
    active: best.active.filter((each) => !isDecision(each, region)),
    iterations: nodes,
    value: best.value,
    status,
    notes: [
      'Shadow prices hold for the names that are held: another choice of names may be better once a limit moves.',
      ...(status === 'limit'
        ? [
            `The search for the best names was cut short; the objective may still be as good as ${Number(bound.toPrecision(8))}, against ${Number(best.value.toPrecision(8))} found.`,
          ]
        : []),
    ],
  });
}

/** Limits that only say which names are held. */
const isDecision = ({ name }: ActiveConstraint, { names, lower, upper }: Region): boolean =>
  names.some((each, i) => name === `${each} exactly 0 %` && lower[i] !== upper[i]);
