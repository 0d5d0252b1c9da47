/** Means and sums of products about them of two rows of values. */
export interface CoMoments {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Σ (x − x̄)². */
  readonly xx: number;
  /** Σ (x − x̄)(y − ȳ). */
  readonly xy: number;
  /** Σ (y − ȳ)². */
  readonly yy: number;
}

/**
 * Everything that covariance, correlation and a straight line through points need, in two passes.
 * As in `centralMoments`, values all alike give sums of exactly zero.
 *
 * @param x Shape [n].
 * @param y Shape [n]; the shorter of the two counts.
 *
 * **Source:** T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for computing the sample variance, 1983.
 */
export function coMoments(x: Float64Array, y: Float64Array): CoMoments {
  const n = Math.min(x.length, y.length);
  const firstX = x[0];
  const firstY = y[0];
  let shiftX = 0;
  let shiftY = 0;
  for (let i = 0; i < n; i++) {
    shiftX += x[i] - firstX;
    shiftY += y[i] - firstY;
  }
  shiftX /= n;
  shiftY /= n;
  let sx = 0;
  let sy = 0;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i] - firstX - shiftX;
    const dy = y[i] - firstY - shiftY;
    sx += dx;
    sy += dy;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return {
    n,
    meanX: n === 0 ? Number.NaN : firstX + shiftX + sx / n,
    meanY: n === 0 ? Number.NaN : firstY + shiftY + sy / n,
    xx: Math.max(0, xx - (sx * sx) / n),
    xy: xy - (sx * sy) / n,
    yy: Math.max(0, yy - (sy * sy) / n),
  };
}

/**
 * Covariance: Σ (x − x̄)(y − ȳ) ÷ (n − ddof).
 *
 * @param x Shape [n].
 * @param y Shape [n].
 * @param ddof 1 for the sample's (the default), 0 for the population's.
 * @returns NaN where n ≤ ddof.
 *
 * **Source:** K. Pearson, Notes on regression and inheritance in the case of two parents, 1895.
 */
export function covariance(x: Float64Array, y: Float64Array, ddof = 1): number {
  const { n, xy } = coMoments(x, y);
  return n <= ddof ? Number.NaN : xy / (n - ddof);
}

/**
 * Pearson's correlation: Σ (x − x̄)(y − ȳ) ÷ √(Σ (x − x̄)² Σ (y − ȳ)²), kept within −1 to 1.
 *
 * @param x Shape [n].
 * @param y Shape [n].
 * @returns NaN with fewer than two values, or where either has values all alike.
 *
 * **Source:** K. Pearson, Notes on regression and inheritance in the case of two parents, 1895.
 */
export function correlation(x: Float64Array, y: Float64Array): number {
  return correlationOf(coMoments(x, y));
}

/** Correlation from sums already had; see `correlation`. */
export function correlationOf({ xx, xy, yy }: CoMoments): number {
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  return scale > 0 ? Math.max(-1, Math.min(1, xy / scale)) : Number.NaN;
}
