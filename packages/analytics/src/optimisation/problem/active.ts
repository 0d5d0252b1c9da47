import type { QuadraticSolution } from '@plimsoll/quant/solver';
import type { ActiveConstraint } from '../define-optimiser.ts';
import type { Compiled } from './compile.ts';
import type { Region, RegionRow } from './region.ts';
import { boundInWords, rowInWords } from './words.ts';

/**
 * The limits that hold with equality, each with `factor` times its multiplier: what one more unit of
 * the limit changes the objective by. Limits that hold by chance, without a price, are left out;
 * equalities are not.
 */
export function activeConstraints(
  region: Region,
  compiled: Compiled,
  solution: QuadraticSolution,
  {
    factor = 1,
    more = [],
  }: { readonly factor?: number; readonly more?: readonly RegionRow[] } = {},
): ActiveConstraint[] {
  const bounds = compiled.boundPrices(solution);
  const largest = solution.rowDuals.reduce(
    (most, price) => Math.max(most, Math.abs(price)),
    solution.reducedCosts.reduce((most, price) => Math.max(most, Math.abs(price)), 0),
  );
  const none = 1e-10 * largest;
  const rows = [...compiled.rows, ...more].flatMap((row, i) => {
    const price = solution.rowDuals[i];
    if (Math.abs(price) <= none && row.lower !== row.upper) return [];
    return [{ name: rowInWords(row, price > 0 ? 'lower' : 'upper'), price: factor * price }];
  });
  const sides = (['lower', 'upper'] as const).flatMap((side) =>
    Array.from(bounds[side]).flatMap((price, at) =>
      Math.abs(price) > none
        ? [{ name: boundInWords(region, at, side), price: factor * price }]
        : [],
    ),
  );
  return [...rows, ...sides];
}
