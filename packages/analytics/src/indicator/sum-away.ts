/**
 * Σ |value − middle| over places [from, until). Four sums side by side, for each addition waits for the
 * one before it.
 */
export function sumAway(values: Float64Array, from: number, until: number, middle: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let t = from;
  for (; t + 4 <= until; t += 4) {
    first += Math.abs(values[t] - middle);
    second += Math.abs(values[t + 1] - middle);
    third += Math.abs(values[t + 2] - middle);
    fourth += Math.abs(values[t + 3] - middle);
  }
  for (; t < until; t++) first += Math.abs(values[t] - middle);
  return first + second + (third + fourth);
}
