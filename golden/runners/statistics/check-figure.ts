import type { Estimate } from '@plimsoll/analytics/analysis';
import { agrees, type Check, same } from '../../check.ts';

/** A number at the tolerance, relative where it is larger than one; `NaN` and null are none. */
export function checkFigure(
  what: string,
  found: Estimate,
  wanted: unknown,
  tolerance: number,
): Check {
  if (wanted === null || wanted === 'NaN') return same(what, found.value, null);
  return agrees(what, found.value, Number(wanted), tolerance);
}
