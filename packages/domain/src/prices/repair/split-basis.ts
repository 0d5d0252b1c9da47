import { isPrice, type WorkingBars } from './working-bars.ts';

/**
 * What prices per unit of a row are divided by to stand on the basis of the latest row: the
 * product of the ratios of all later splits where prices stand as traded; else 1.
 */
export function splitBasis({ facts, actions, bars }: WorkingBars): (row: number) => number {
  if (facts.prices === 'split-adjusted') return () => 1;
  const basis = new Float64Array(bars.days.length).fill(1);
  const splits = actions.flatMap((action) =>
    action.kind === 'split' && isPrice(action.ratio) ? [action] : [],
  );
  let next = splits.length - 1;
  let product = 1;
  for (let row = basis.length - 1; row >= 0; row--) {
    for (; next >= 0; next--) {
      const split = splits[next];
      if (split === undefined || split.day <= (bars.days[row] as number)) break;
      product *= split.ratio;
    }
    basis[row] = product;
  }
  return (row) => basis[row] as number;
}
