import type { Estimate } from '@plimsoll/analytics/analysis';
import { type Check, near, same } from '../../check.ts';

/** A number at the tolerance, relative where it is larger than one; `NaN` and null are none. */
export function checkFigure(
  what: string,
  found: Estimate,
  wanted: unknown,
  tolerance: number,
): Check {
  if (wanted === null || wanted === 'NaN') return same(what, found.value, null);
  const number = Number(wanted);
  return near(what, found.value, number, tolerance * Math.max(1, Math.abs(number)));
}
