import type { Deterministic } from './mackinnon-tables.ts';

/** How many columns are deterministic. */
export const termCount = (deterministic: Deterministic): number =>
  ({ none: 0, constant: 1, trend: 2, quadratic: 3 })[deterministic];

/** 1, t and t² of row t = 1 … n, as many as there are, into `row` from `at` on. */
export function putTerms(
  row: Float64Array,
  at: number,
  t: number,
  deterministic: Deterministic,
): void {
  for (let i = 0; i < termCount(deterministic); i++) row[at + i] = t ** i;
}
