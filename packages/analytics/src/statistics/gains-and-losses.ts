/** What returns above and below a threshold add up to; x is a return less the threshold. */
export interface GainsAndLosses {
  /** Returns above, below, and at the threshold. */
  readonly gains: number;
  readonly losses: number;
  readonly even: number;
  /** Σ x over gains, ≥ 0. */
  readonly gained: number;
  /** Σ −x over losses, ≥ 0. */
  readonly lost: number;
  /** Σ x² and Σ −x³ over losses: lower partial moments times n. */
  readonly lostSquares: number;
  readonly lostCubes: number;
  /** The longest row of gains, and of losses, without another between. */
  readonly gainsInRow: number;
  readonly lossesInRow: number;
}

/**
 * Counts and sums on both sides of a threshold, in one pass.
 *
 * @param returns Shape [n].
 * @param threshold A return per period, or one for each, shape [n].
 * @returns zeros for no returns. Cost n.
 *
 * **Source:** W. V. Harlow, Asset allocation in a downside-risk framework, 1991 (lower partial moments).
 */
export function gainsAndLosses(
  returns: Float64Array,
  threshold: number | Float64Array = 0,
): GainsAndLosses {
  const fixed = typeof threshold === 'number' ? threshold : 0;
  const each = typeof threshold === 'number' ? undefined : threshold;
  let gains = 0;
  let losses = 0;
  let gained = 0;
  let lost = 0;
  let lostSquares = 0;
  let lostCubes = 0;
  let gainsInRow = 0;
  let lossesInRow = 0;
  let row = 0;
  for (let t = 0; t < returns.length; t++) {
    const x = returns[t] - (each ? each[t] : fixed);
    if (x > 0) {
      gains++;
      gained += x;
      row = row > 0 ? row + 1 : 1;
      if (row > gainsInRow) gainsInRow = row;
    } else if (x < 0) {
      losses++;
      lost -= x;
      lostSquares += x * x;
      lostCubes -= x * x * x;
      row = row < 0 ? row - 1 : -1;
      if (-row > lossesInRow) lossesInRow = -row;
    } else row = 0;
  }
  const even = returns.length - gains - losses;
  return { gains, losses, even, gained, lost, lostSquares, lostCubes, gainsInRow, lossesInRow };
}
