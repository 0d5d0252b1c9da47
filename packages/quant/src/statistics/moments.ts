import { sum } from './sum.ts';

/** Central moments, each a mean over all n: mₖ = Σ (x − x̄)ᵏ ÷ n. */
export interface CentralMoments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

/**
 * Mean and the second to fourth central moments in two passes. Values are taken from the first one
 * before they are averaged, so that values all alike have moments of exactly zero, and a large common
 * offset costs no digits.
 *
 * @param x Shape [n]; NaN spreads to every moment.
 * @returns NaN moments for no values. Cost about 10 n operations.
 *
 * **Source:** T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for computing the sample variance, 1983.
 */
export function centralMoments(x: Float64Array): CentralMoments {
  const n = x.length;
  const first = x[0];
  let shift = 0;
  for (let i = 0; i < n; i++) shift += x[i] - first;
  shift /= n;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  for (let i = 0; i < n; i++) {
    const d = x[i] - first - shift;
    const dd = d * d;
    s1 += d;
    s2 += dd;
    s3 += dd * d;
    s4 += dd * dd;
  }
  // The mean was rounded; what the deviations add up to corrects for it.
  const off = s1 / n;
  const m2 = s2 / n - off * off;
  return {
    n,
    mean: n === 0 ? Number.NaN : first + shift + off,
    m2,
    m3: s3 / n - 3 * off * m2,
    m4: s4 / n - 4 * off * (s3 / n) + 6 * off * off * m2,
  };
}

/**
 * Variance about the mean: Σ (x − x̄)² ÷ (n − ddof).
 *
 * @param x Shape [n].
 * @param ddof 1 for the sample's (the default), 0 for the population's.
 * @returns NaN where n ≤ ddof. Exactly 0 for values all alike.
 *
 * **Source:** T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for computing the sample variance, 1983.
 */
export function variance(x: Float64Array, ddof = 1): number {
  const n = x.length;
  if (n <= ddof) return Number.NaN;
  const first = x[0];
  let shift = 0;
  for (let i = 0; i < n; i++) shift += x[i] - first;
  shift /= n;
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < n; i++) {
    const d = x[i] - first - shift;
    s1 += d;
    s2 += d * d;
  }
  return Math.max(0, s2 - (s1 * s1) / n) / (n - ddof);
}

/** √ `variance(x, ddof)`, in the unit of x. NaN where n ≤ ddof. */
export const standardDeviation = (x: Float64Array, ddof = 1): number =>
  Math.sqrt(variance(x, ddof));

/**
 * Skewness. `population`: g₁ = m₃ ÷ m₂^(3/2). `sample`: G₁ = g₁ × √(n (n − 1)) ÷ (n − 2), as Excel,
 * pandas and SAS have it.
 *
 * @param x Shape [n], n ≥ 1, for the sample's n ≥ 3.
 * @returns NaN with fewer values or values all alike.
 *
 * **Source:** D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998.
 */
export const skewness = (x: Float64Array, kind: 'population' | 'sample' = 'sample'): number =>
  skewnessOf(centralMoments(x), kind);

/** Skewness from moments already had; see `skewness`. */
export function skewnessOf(
  { n, m2, m3 }: CentralMoments,
  kind: 'population' | 'sample' = 'sample',
): number {
  const population = m3 / m2 ** 1.5;
  if (kind === 'population') return population;
  return n < 3 ? Number.NaN : (population * Math.sqrt(n * (n - 1))) / (n - 2);
}

/**
 * Excess kurtosis. `population`: g₂ = m₄ ÷ m₂² − 3. `sample`: G₂ = (n − 1) ÷ ((n − 2)(n − 3)) ×
 * ((n + 1) g₂ + 6), as Excel, pandas and SAS have it.
 *
 * @param x Shape [n], n ≥ 1, for the sample's n ≥ 4.
 * @returns NaN with fewer values or values all alike; 0 is that of the normal distribution.
 *
 * **Source:** D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998.
 */
export const kurtosis = (x: Float64Array, kind: 'population' | 'sample' = 'sample'): number =>
  kurtosisOf(centralMoments(x), kind);

/** Excess kurtosis from moments already had; see `kurtosis`. */
export function kurtosisOf(
  { n, m2, m4 }: CentralMoments,
  kind: 'population' | 'sample' = 'sample',
): number {
  const population = m4 / (m2 * m2) - 3;
  if (kind === 'population') return population;
  return n < 4 ? Number.NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * population + 6);
}

/** Means of the columns of a matrix, row-major [rows × columns] → [columns]. NaN for no rows. */
export function columnMeans(m: {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}): Float64Array {
  const { rows, columns, data } = m;
  const means = new Float64Array(columns);
  if (columns === 1) {
    means[0] = sum(data.subarray(0, rows)) / rows;
    return means;
  }
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) means[j] += data[at++];
  }
  for (let j = 0; j < columns; j++) means[j] /= rows;
  return means;
}
