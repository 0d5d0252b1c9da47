import { greaterOf, lesserOf } from './choose.ts';

/**
 * max(high − low, |high − previous close|, |low − previous close|); NaN where there is no previous
 * close.
 *
 * **Source:** Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const trueRange = (high: number, low: number, previousClose: number): number =>
  greaterOf(high, previousClose) - lesserOf(low, previousClose);
