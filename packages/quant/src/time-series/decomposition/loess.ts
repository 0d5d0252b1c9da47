/**
 * Locally weighted regression over equally spaced points, as STL uses it: the value at a place is
 * that of a constant or a line fitted to its `span` nearest points with tricube weights
 * (1 − (r ÷ h)³)³, times weights of their own.
 */
export interface Loess {
  readonly y: Float64Array;
  /** Points that count at each place, odd. */
  readonly span: number;
  /** 0: a constant; 1: a line. */
  readonly degree: 0 | 1;
  /** Weights of the points; all 1 if not given. */
  readonly weights?: Float64Array | undefined;
  /** Room for the weights of one place, shape [n] at least. */
  readonly room: Float64Array;
}

/** The smooth at every point, into `out`, shape [n]. Cost: O(n span). Source: as `stl`. */
export function smooth(loess: Loess, out: Float64Array): void {
  const { y, span } = loess;
  const n = y.length;
  if (n < 2) {
    out[0] = y[0];
    return;
  }
  const half = Math.floor((span + 1) / 2);
  let left = 0;
  let right = Math.min(span, n) - 1;
  for (let i = 0; i < n; i++) {
    if (span < n && i + 1 > half && right !== n - 1) {
      left++;
      right++;
    }
    const value = smoothAt(loess, i, left, right);
    out[i] = value ?? y[i];
  }
}

/**
 * The smooth at place `x` (which may lie one step outside) from the points left … right; null where
 * no point has weight.
 */
export function smoothAt(
  { y, span, degree, weights, room: w }: Loess,
  x: number,
  left: number,
  right: number,
): number | null {
  const n = y.length;
  let h = Math.max(x - left, right - x);
  if (span > n) h += Math.floor((span - n) / 2);
  const far = 0.999 * h;
  const close = 0.001 * h;
  let total = 0;
  for (let j = left; j <= right; j++) {
    const r = Math.abs(j - x);
    let weight = 0;
    if (r <= close) weight = 1;
    else if (r <= far) {
      const share = r / h;
      const rest = 1 - share * share * share;
      weight = rest * rest * rest;
    }
    if (weights) weight *= weights[j];
    w[j - left] = weight;
    total += weight;
  }
  if (total <= 0) return null;
  let centre = 0;
  for (let j = left; j <= right; j++) {
    w[j - left] /= total;
    centre += w[j - left] * j;
  }
  let slope = 0;
  if (h > 0 && degree > 0) {
    let spread = 0;
    for (let j = left; j <= right; j++) spread += w[j - left] * (j - centre) * (j - centre);
    // A line only where the points are spread enough to hold one.
    if (Math.sqrt(spread) > 0.001 * (n - 1)) slope = (x - centre) / spread;
  }
  let value = 0;
  for (let j = left; j <= right; j++) value += w[j - left] * (1 + slope * (j - centre)) * y[j];
  return value;
}
