import { type Fault, type Refused, refuse } from '@plimsoll/kernel';
import type { LinearSolution } from '@plimsoll/quant/solver';
import type { ActiveConstraint } from '../define-optimiser.ts';
import { compile } from '../problem/compile.ts';
import { conflictInRegion } from '../problem/conflict-in-region.ts';
import type { Region } from '../problem/region.ts';
import { whyNot } from '../problem/solve-terms.ts';
import { whyNoNames } from '../problem/why-no-names.ts';
import { boundInWords, rowInWords } from '../problem/words.ts';
import type { LimitRow } from './region-model.ts';

/** The refusal of a region in which there are no weights, naming the limits that conflict. */
export function noWeights(region: Region): Refused<Fault> {
  const compiled = compile(region, { trade: null, size: null });
  const limitsNames = region.maxNames !== null || region.minWeight !== null;
  if (limitsNames && conflictInRegion(region, compiled) === null) return whyNoNames(region);
  return (
    whyNot(region, compiled, { status: 'infeasible' }) ??
    refuse({ code: 'optimisation.infeasible', detail: 'No weights meet all limits.' })
  );
}

type Prices = Pick<LinearSolution, 'rowDuals' | 'reducedCosts'>;

/** The limits of a region that hold, with their prices. Programs with whole numbers have no prices. */
export function activeLimits(
  region: Region,
  limits: ReadonlyMap<number, LimitRow>,
  { rowDuals, reducedCosts }: Prices,
): ActiveConstraint[] {
  const all = [...rowDuals, ...reducedCosts.subarray(0, region.names.length)];
  const none = 1e-9 * all.reduce((most, price) => Math.max(most, Math.abs(price)), 0);
  const rows = [...limits].flatMap(([at, row]) => {
    const price = rowDuals[at] ?? 0;
    if (Math.abs(price) <= none && (row.lower !== row.upper || rowDuals.length === 0)) return [];
    const words = rowInWords({ ...row, coefficients: new Float64Array(0) }, side(price));
    return [{ name: words, price }];
  });
  const bounds = region.names.flatMap((_, i) => {
    const price = reducedCosts[i] ?? 0;
    return Math.abs(price) > none ? [{ name: boundInWords(region, i, side(price)), price }] : [];
  });
  return [...rows, ...bounds];
}

const side = (price: number): 'lower' | 'upper' => (price > 0 ? 'lower' : 'upper');
