import { ok, type Result } from '@plimsoll/kernel';
import type { Allocation } from '../define-optimiser.ts';
import { bestOf } from '../problem/best-of.ts';
import type { Region } from '../problem/region.ts';
import type { Ratio } from './max-ratio.ts';

/** The weights of the greatest ratio over a region, number of names and least weight included. */
export function allocateRatio(
  region: Region,
  best: (region: Region) => Result<Ratio>,
): Result<Allocation> {
  const found = bestOf(region, (within) => {
    const ratio = best(within);
    return ratio.ok ? ok({ ...ratio.value, value: -ratio.value.ratio }) : ratio;
  });
  if (!found.ok) return found;
  const { value, ...rest } = found.value;
  return ok({ ...rest, objective: -value, figures: [] });
}
