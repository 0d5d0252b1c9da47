/** A stretch between two indices of a growth; −1 is the start before the first day. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The longest stretch without a new high: from a running maximum, the start included, to the first
 * day strictly above it, or to the last day.
 *
 * @param growth g, cumulative growth since the start, shape [days].
 * @returns null where there are no days.
 */
export function longestDrawdown(growth: Float64Array): Stretch | null {
  let high = 0;
  let highAt = -1;
  let longest: Stretch | null = null;
  for (let t = 0; t < growth.length; t++) {
    if (longest === null || t - highAt > longest.to - longest.from) {
      longest = { from: highAt, to: t };
    }
    const level = growth[t] ?? 0;
    if (level <= high) continue;
    high = level;
    highAt = t;
  }
  return longest;
}

/**
 * The longest way back up: from the lowest point of a fall to the first day at its old high again.
 *
 * @returns null where no fall was made good.
 */
export function longestRecovery(growth: Float64Array): Stretch | null {
  let high = 0;
  let low = 0;
  let lowAt = -1;
  let longest: Stretch | null = null;
  for (let t = 0; t < growth.length; t++) {
    const level = growth[t] ?? 0;
    if (level >= high) {
      const fell = low < high;
      if (fell && (longest === null || t - lowAt > longest.to - longest.from)) {
        longest = { from: lowAt, to: t };
      }
      high = level;
      low = level;
      lowAt = t;
    } else if (level < low) {
      low = level;
      lowAt = t;
    }
  }
  return longest;
}
