import { type Fault, type Refused, refuse } from '@plimsoll/kernel';
import type { Region } from './region.ts';
import { amount, rowInWords } from './words.ts';

/** The refusal of a region whose number of names or least weight conflicts with its other limits. */
export function whyNoNames(region: Region): Refused<Fault> {
  return refuse({
    code: 'optimisation.infeasible',
    detail: `No weights meet all limits: ${inWords(region)} conflicts with ${others(region)}.`,
  });
}

const inWords = ({ maxNames, minWeight }: Region): string =>
  [
    ...(maxNames === null ? [] : [`at most ${maxNames} names`]),
    ...(minWeight === null ? [] : [`each weight 0 or at least ${amount(minWeight, 'fraction')}`]),
  ].join(' with ');

/** What it conflicts with, in numbers where greatest weights alone tell. */
function others({ rows, upper, lower, maxNames, minWeight }: Region): string {
  const budget = rows.find(({ name }) => name === 'budget');
  const largest = upper.reduce((most, high) => Math.max(most, high), Number.NEGATIVE_INFINITY);
  const most = `greatest weights of at most ${amount(largest, 'fraction')}`;
  if (minWeight !== null && largest < minWeight && lower.every((low) => low > -minWeight))
    return most;
  const fewest = budget ? fewestNames(upper, budget.lower) : 0;
  return budget && maxNames !== null && fewest > maxNames
    ? `${rowInWords(budget, 'lower')} and ${most}, which take ${fewest} names or more`
    : 'the budget, bounds and other limits';
}

/** How many of the greatest weights it takes to make a total. */
function fewestNames(upper: Float64Array, total: number): number {
  let left = total - 1e-9;
  const sizes = upper.toSorted().reverse();
  const count = sizes.findIndex((high) => {
    left -= Math.max(0, high);
    return left <= 0;
  });
  return count < 0 ? sizes.length + 1 : count + 1;
}
