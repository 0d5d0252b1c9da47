import { laterSplits } from '../later-splits.ts';
import type { WorkingBars } from './working-bars.ts';

/**
 * What prices per unit of a row are divided by to stand on the basis of the latest row: the
 * product of the ratios of all later splits where prices stand as traded; else 1.
 */
export function splitBasis({ facts, actions, bars }: WorkingBars): (row: number) => number {
  if (facts.prices === 'split-adjusted') return () => 1;
  const splits = actions.flatMap((action) => (action.kind === 'split' ? [action] : []));
  const products = laterSplits(bars.days, splits);
  return (row) => products[row] as number;
}
