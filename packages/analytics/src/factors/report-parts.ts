import { type Estimate, estimate } from '../analysis/estimate.ts';
import type { Cell, Figure } from '../analysis/report.ts';

/** A figure of a number that may not be finite, for which `otherwise` is then the reason. */
export function figure(
  about: Omit<Figure, 'value' | 'why'>,
  value: number,
  otherwise = 'it is not defined for these returns',
): Figure {
  const { value: found, why }: Estimate = estimate(value, otherwise);
  return { ...about, value: found, ...(why === undefined ? {} : { why }) };
}

/** The number, or null where it is none. */
export const cell = (value: number): Cell => (Number.isFinite(value) ? value : null);

/** The numbers for a line of a chart. */
export const line = (
  name: string,
  values: ArrayLike<number>,
): { readonly name: string; readonly values: readonly (number | null)[] } => ({
  name,
  values: Array.from(values, (each) => (Number.isFinite(each) ? each : null)),
});

/** Days, or 1, 2, 3 … where none are known. */
export const axis = (days: readonly string[], n: number): readonly (string | number)[] =>
  days.length === n ? days : Array.from({ length: n }, (_, t) => t + 1);
