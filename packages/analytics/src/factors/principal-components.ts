import { type Matrix, matrix, symmetricEigen } from '@plimsoll/quant/linear-algebra';
import { toCorrelation } from '../covariance/correlation.ts';
import { sampleCovariance } from '../covariance/sample.ts';

/** Directions in which columns vary together, the widest first. */
export interface PrincipalComponents {
  /** Descending, shape [n]. */
  readonly eigenvalues: Float64Array;
  /** Share of each in their sum, shape [n]. */
  readonly explained: Float64Array;
  /** Unit vectors as columns, [n × n]; the largest entry of each is positive. */
  readonly loadings: Matrix;
  /** exp(−Σ p ln p) over the shares p: how many equal directions would be as diverse. */
  readonly effectiveRank: number;
}

/**
 * Principal components of returns: S = V Λ Vᵀ of their sample covariance (ddof 1) or correlation.
 *
 * @param returns row-major [T × n], finite, T ≥ 2. Null for a correlation where a column does not
 *   vary, and where nothing varies at all. Cost T·n² + 9·n³.
 *
 * **Source:** Karl Pearson, On lines and planes of closest fit to systems of points in space, 1901;
 * effective rank of Olivier Roy, Martin Vetterli, The effective rank, 2007.
 */
export function principalComponents(
  returns: Matrix,
  of: 'covariance' | 'correlation',
): PrincipalComponents | null {
  const covariance = sampleCovariance(returns);
  const n = covariance.rows;
  for (let i = 0; i < n; i++) {
    const own = covariance.data[i * (n + 1)];
    if (!(own > 0) && of === 'correlation') return null;
  }
  const { values, vectors } = symmetricEigen(
    of === 'covariance' ? covariance : toCorrelation(covariance),
  );
  const eigenvalues = Float64Array.from(values, (_, i) => Math.max(0, values[n - 1 - i]));
  const total = eigenvalues.reduce((sum, each) => sum + each, 0);
  if (!(total > 0)) return null;
  const loadings = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < n; c++) loadings.data[i * n + c] = vectors.data[i * n + n - 1 - c];
  }
  const explained = eigenvalues.map((each) => each / total);
  let entropy = 0;
  for (const share of explained) entropy -= share > 0 ? share * Math.log(share) : 0;
  return { eigenvalues, explained, loadings, effectiveRank: Math.exp(entropy) };
}

/**
 * Absorption ratio: Σ of the largest `count` eigenvalues ÷ Σ of all. High where markets move as one.
 *
 * @param count a fifth of the columns, at least 1, if not given, as Kritzman and others have it.
 *
 * **Source:** Mark Kritzman, Yuanzhen Li, Sébastien Page, Roberto Rigobon, Principal components as a
 * measure of systemic risk, 2011.
 */
export function absorptionRatio(
  { explained }: PrincipalComponents,
  count = Math.max(1, Math.round(explained.length / 5)),
): number {
  return explained.subarray(0, count).reduce((sum, each) => sum + each, 0);
}

/**
 * Returns of the components: of centred returns (divided by their deviations for a correlation) times
 * the loadings, row-major [T × count]. Their variances are the eigenvalues; they are uncorrelated.
 */
export function componentReturns(
  returns: Matrix,
  { loadings }: PrincipalComponents,
  of: 'covariance' | 'correlation',
  count: number,
): Matrix {
  const { rows: periods, columns: n, data } = returns;
  const spread = sampleCovariance(returns);
  const means = new Float64Array(n);
  for (let t = 0; t < periods; t++) {
    for (let i = 0; i < n; i++) means[i] += data[t * n + i] / periods;
  }
  const out = matrix(periods, count);
  for (let t = 0; t < periods; t++) {
    for (let i = 0; i < n; i++) {
      const deviation = of === 'correlation' ? Math.sqrt(spread.data[i * (n + 1)]) : 1;
      const away = (data[t * n + i] - means[i]) / deviation;
      for (let c = 0; c < count; c++) out.data[t * count + c] += away * loadings.data[i * n + c];
    }
  }
  return out;
}
