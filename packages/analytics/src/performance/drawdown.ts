/** The deepest fall from a running maximum. Indices into the growth; −1 is the start before the first day. */
export interface Drawdown {
  /** A positive share: 0.12 is a fall of 12 %. */
  readonly depth: number;
  readonly peak: number;
  readonly trough: number;
  /** First day back at the peak's height; null while under water. */
  readonly recovered: number | null;
}

/**
 * Falls from the running maximum, which includes the start:
 *
 *   d(t) = 1 − (1 + g(t)) ÷ max(1, 1 + g(s) for s ≤ t)
 *
 * @param growth g, cumulative growth since the start, shape [days].
 * @param out Where given, receives d, shape [days], each ≥ 0.
 * @returns the deepest one; null when nothing ever fell, or there are no days.
 */
export function maxDrawdown(growth: Float64Array, out?: Float64Array): Drawdown | null {
  let high = 1;
  let highAt = -1;
  let worst: { depth: number; peak: number; trough: number; height: number } | null = null;
  for (let t = 0; t < growth.length; t++) {
    const level = 1 + (growth[t] ?? 0);
    if (level >= high) {
      high = level;
      highAt = t;
    }
    const depth = 1 - level / high;
    if (out) out[t] = depth;
    if (depth > (worst?.depth ?? 0)) worst = { depth, peak: highAt, trough: t, height: high };
  }
  if (!worst) return null;
  const { height, ...found } = worst;
  for (let t = worst.trough + 1; t < growth.length; t++) {
    if (1 + (growth[t] ?? 0) >= height) return { ...found, recovered: t };
  }
  return { ...found, recovered: null };
}
