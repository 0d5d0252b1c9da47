import { type Conflict, findConflict } from '@plimsoll/quant/solver';
import { type Compiled, compile } from './compile.ts';
import type { Region, RegionRow } from './region.ts';

/** Bounds in a conflict up to which each is tried for whether the others conflict without it. */
const mostTried = 150;

/**
 * Limits of a region that conflict, of which none can be left out; null where there is none among
 * those that are linear or made so by splitting weights. Rows are those of `compiled`, bounds those
 * of weights. A conflict of turnover, gross, long or short weight with more than 150 bounds is told
 * as it was found, and may then name more than it takes.
 */
export function conflictInRegion(region: Region, compiled: Compiled): Conflict | null {
  const crossed = region.lower.findIndex((low, i) => low > region.upper[i]);
  if (crossed >= 0) return { rowLower: [], rowUpper: [], lower: [crossed], upper: [crossed] };
  const found = findConflict(compiled.program(null, new Float64Array(region.names.length)));
  if (!found || compiled.kinkCost.length === region.names.length) return found;
  const named = overWeights(found, region, compiled);
  const bounds = named.lower.length + named.upper.length;
  return (bounds <= mostTried ? boundsAsRows(region, named) : null) ?? named;
}

/** Columns of a split weight have no names: says which bounds of which weights they stand for. */
function overWeights(found: Conflict, region: Region, compiled: Compiled): Conflict {
  const lower = new Set<number>();
  const upper = new Set<number>();
  const x = new Float64Array(compiled.kinkCost.length);
  for (const side of ['lower', 'upper'] as const) {
    for (const j of found[side]) {
      x.fill(0);
      x[j] = 1;
      const moved = compiled.change(x);
      const asset = moved.findIndex((value) => value !== 0);
      const limited = (side === 'upper') === moved[asset] > 0 ? 'upper' : 'lower';
      if (Number.isFinite(region[limited][asset])) (limited === 'upper' ? upper : lower).add(asset);
    }
  }
  return { ...found, lower: [...lower], upper: [...upper] };
}

/** The conflict among the bounds of another and all rows, where bounds of columns are no limits. */
function boundsAsRows(region: Region, { lower, upper }: Conflict): Conflict | null {
  const n = region.names.length;
  const none = Number.POSITIVE_INFINITY;
  const row = (at: number, side: 'lower' | 'upper'): RegionRow => {
    const coefficients = new Float64Array(n);
    coefficients[at] = 1;
    const free = { name: '', coefficients, lower: -none, upper: none, unit: 'fraction' as const };
    return { ...free, [side]: region[side][at] };
  };
  const first = region.rows.length;
  const split = compile(
    {
      ...region,
      lower: new Float64Array(n).fill(-none),
      upper: new Float64Array(n).fill(none),
      rows: [
        ...region.rows,
        ...lower.map((at) => row(at, 'lower')),
        ...upper.map((at) => row(at, 'upper')),
      ],
    },
    { trade: null, size: null },
  );
  const found = findConflict(split.program(null, new Float64Array(n)), true);
  if (!found) return null;
  const bounds = lower.length + upper.length;
  const own = (at: readonly number[]): number[] =>
    at.filter((i) => i < first || i >= first + bounds).map((i) => (i < first ? i : i - bounds));
  return {
    rowLower: own(found.rowLower),
    rowUpper: own(found.rowUpper),
    lower: lower.filter((_, k) => found.rowLower.includes(first + k)),
    upper: upper.filter((_, k) => found.rowUpper.includes(first + lower.length + k)),
  };
}
