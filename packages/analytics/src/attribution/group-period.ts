import { ok, type Result, refuse } from '@plimsoll/kernel';

/** Weights and returns by group. */
export interface GroupedReturns {
  /** Shape [groups]. */
  readonly weights: Float64Array;
  /** Null where the group has no weight. */
  readonly returns: readonly (number | null)[];
}

/**
 * Weights and returns of groups from those of instruments: w_g = Σ w_i, r_g = Σ w_i r_i ÷ w_g over
 * the instruments i of group g.
 *
 * @param weights at the start of the period, signed, shape [instruments].
 * @param returns fractions, shape [instruments].
 * @param groupOf the group's place for each instrument, shape [instruments].
 * @returns the groups. Refused: a group whose weights cancel although it gained or lost.
 */
export function groupReturns(
  weights: ArrayLike<number>,
  returns: ArrayLike<number>,
  groupOf: ArrayLike<number>,
  groups: readonly string[],
): Result<GroupedReturns> {
  const total = new Float64Array(groups.length);
  const gross = new Float64Array(groups.length);
  const gain = new Float64Array(groups.length);
  for (let i = 0; i < weights.length; i++) {
    total[groupOf[i]] += weights[i];
    gross[groupOf[i]] += Math.abs(weights[i]);
    gain[groupOf[i]] += weights[i] * returns[i];
  }
  const cancelled = groups.findIndex(
    (_, g) => gain[g] !== 0 && Math.abs(total[g]) <= 1e-9 * gross[g],
  );
  if (cancelled >= 0) {
    return refuse({
      code: 'attribution.cancelled',
      detail: `The long and short weights of ${groups[cancelled]} cancel, so its gain of ${gain[cancelled]} has no return; split the group in a long and a short one.`,
    });
  }
  return ok({
    weights: total,
    returns: Array.from(total, (weight, g) => (gross[g] === 0 ? null : gain[g] / weight)),
  });
}
