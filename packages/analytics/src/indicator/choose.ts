/**
 * The greater of two numbers by arithmetic, NaN where one is. Which of two prices is greater cannot be
 * guessed, so a branch on it costs several times as much. Neither may be infinite.
 */
export function greaterOf(a: number, b: number): number {
  const isGreater = Number(a > b);
  return isGreater * a + (1 - isGreater) * b;
}

/** The lesser of two numbers, as `greaterOf`. */
export function lesserOf(a: number, b: number): number {
  const isLess = Number(a < b);
  return isLess * a + (1 - isLess) * b;
}

/** The rise in a change: the change where it is above 0, else 0; NaN where it is. */
export const riseOf = (change: number): number => (Math.abs(change) + change) / 2;

/** The fall in a change, as a size. */
export const fallOf = (change: number): number => (Math.abs(change) - change) / 2;
