import type { DayNumber } from '@plimsoll/kernel';

/** A split as far as prices know of it. */
export interface SplitRatio {
  readonly day: DayNumber;
  /** New units per old one, above 0. */
  readonly ratio: number;
}

/**
 * For each day the product of the ratios of all later splits: how many of the latest units one unit
 * of that day has become. Ratios that are not positive numbers are passed over.
 *
 * @param days   Rising.
 * @param splits In any order.
 */
export function laterSplits(days: Int32Array, splits: readonly SplitRatio[]): Float64Array {
  const known = splits
    .filter(({ ratio }) => ratio > 0 && ratio < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.day - b.day);
  const products = new Float64Array(days.length);
  let next = known.length - 1;
  let product = 1;
  for (let i = days.length - 1; i >= 0; i--) {
    for (; next >= 0; next--) {
      const split = known[next];
      if (split === undefined || split.day <= (days[i] as number)) break;
      product *= split.ratio;
    }
    products[i] = product;
  }
  return products;
}
