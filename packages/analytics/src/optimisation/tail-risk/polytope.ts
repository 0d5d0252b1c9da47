import { matrix } from '@plimsoll/quant/linear-algebra';
import type { Region } from '../problem/region.ts';
import type { Polytope } from './minimise-convex.ts';

/** The bounds and rows of a region; `more` variables, unbounded and in no row, come after the weights. */
export function polytopeOf({ rows, lower, upper }: Region, more = 0): Polytope {
  const n = lower.length;
  const a = matrix(rows.length, n + more);
  rows.forEach(({ coefficients }, i) => {
    a.data.set(coefficients, i * (n + more));
  });
  const wider = (bounds: Float64Array, rest: number): Float64Array => {
    const all = new Float64Array(n + more).fill(rest);
    all.set(bounds);
    return all;
  };
  return {
    rows: a,
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    lower: wider(lower, Number.NEGATIVE_INFINITY),
    upper: wider(upper, Number.POSITIVE_INFINITY),
  };
}
