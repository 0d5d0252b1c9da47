import { type Fault, type Refused, refuse } from '@plimsoll/kernel';
import type { Region } from '../problem/region.ts';
import { whyNot } from '../problem/solve-terms.ts';
import type { Followed } from './follow.ts';

/**
 * The refusal that a frontier is which has no start, or which was left before its end or before what
 * was looked for on it; undefined where it was followed.
 */
export function whyNotFollowed(
  region: Region,
  { path, compiled }: Followed,
): Refused<Fault> | undefined {
  if (path.status === 'limit') {
    return refuse({
      code: 'optimisation.frontier',
      detail:
        'The frontier could not be followed: too many weights have the same least risk. Give more periods than instruments, or a shrunk covariance.',
    });
  }
  return whyNot(region, compiled, path);
}
