/** A series differenced, and what is needed to undo it. */
export interface Differenced {
  /** Δᵈ x, shape [n − d]. */
  readonly values: Float64Array;
  /** The last of Δ⁰ x, Δ¹ x … Δ^(d−1) x, shape [d]. */
  readonly levels: Float64Array;
}

/** Differences a series d times: (Δx)_t = x_t − x_{t−1}. Empty where it has no more than d values. */
export function difference(x: Float64Array, d: number): Differenced {
  let values = x;
  const levels = new Float64Array(d);
  for (let k = 0; k < d; k++) {
    const before = values;
    levels[k] = before.length === 0 ? Number.NaN : before[before.length - 1];
    values = Float64Array.from(
      { length: Math.max(0, before.length - 1) },
      (_, t) => before[t + 1] - before[t],
    );
  }
  return { values, levels };
}
