import { type Matrix, matrix } from './matrix.ts';
import { nearestPsd, recompose, symmetricPart } from './nearest-psd.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface NearestCorrelation {
  /** Unit diagonal, no eigenvalue below −n·2⁻⁵². */
  readonly correlation: Matrix;
  /** ‖A − correlation‖ in the Frobenius norm. */
  readonly distance: number;
  readonly iterations: number;
  /** Whether the last step was within the tolerance. */
  readonly converged: boolean;
}

/**
 * The correlation matrix nearest to a symmetric A in the Frobenius norm: alternating projections onto
 * matrices with no negative eigenvalue and onto those of unit diagonal, with Dykstra's correction. The
 * last step clips and rescales, so the answer is a correlation matrix also where it stopped early.
 * Cost about 11·n³ an iteration.
 *
 * **Source:** Higham, Computing the nearest correlation matrix: a problem from finance, 2002,
 * algorithm 3.3.
 *
 * @param a shape [n × n], finite; its symmetric part counts.
 * @param tolerance the relative change at which to stop, 1e-12 if not given.
 * @param limit iterations at most, 2,000 if not given.
 */
export function nearestCorrelation(
  a: Matrix,
  { tolerance = 1e-12, limit = 2000 }: { tolerance?: number; limit?: number } = {},
): NearestCorrelation {
  const n = a.rows;
  const target = symmetricPart(a);
  const y = withUnitDiagonal(target);
  const correction = new Float64Array(n * n);
  let iterations = 0;
  let converged = n === 0;
  while (!converged && iterations < limit) {
    iterations++;
    const corrected = y.data.map((value, i) => value - correction[i]);
    const x = nearestPsd({ rows: n, columns: n, data: corrected });
    let change = 0;
    let size = 0;
    for (let i = 0; i < n * n; i++) {
      correction[i] = x.data[i] - corrected[i];
      const next = i % (n + 1) === 0 ? 1 : x.data[i];
      change += (next - y.data[i]) ** 2;
      size += next ** 2;
      y.data[i] = next;
    }
    converged = Math.sqrt(change) <= tolerance * Math.sqrt(size);
  }
  const correlation = clippedCorrelation(y);
  let squared = 0;
  for (let i = 0; i < n * n; i++) squared += (target.data[i] - correlation.data[i]) ** 2;
  return { correlation, distance: Math.sqrt(squared), iterations, converged };
}

/**
 * A correlation matrix by raising negative eigenvalues to 0 and rescaling to a unit diagonal: one
 * step, near but not nearest. A row that this leaves at zero gets correlation 0 with all others.
 *
 * **Source:** Rebonato and Jäckel, The most general methodology to create a valid correlation matrix,
 * 2000, §4.
 *
 * @param a shape [n × n], finite; its symmetric part counts.
 */
export function clippedCorrelation(a: Matrix): Matrix {
  const symmetric = symmetricPart(a);
  const eigen = symmetricEigen(symmetric);
  const clipped = eigen.values.every((value) => value >= 0)
    ? symmetric
    : recompose({ ...eigen, values: eigen.values.map((value) => Math.max(value, 0)) });
  return toUnitDiagonal(clipped);
}

function toUnitDiagonal({ rows: n, data }: Matrix): Matrix {
  const made = matrix(n, n);
  const scale = Float64Array.from({ length: n }, (_, i) => Math.sqrt(data[i * n + i]));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const by = scale[i] * scale[j];
      made.data[i * n + j] = i === j ? 1 : by > 0 ? data[i * n + j] / by : 0;
    }
  }
  return made;
}

function withUnitDiagonal({ rows: n, data }: Matrix): Matrix {
  const made = matrix(n, n, Float64Array.from(data));
  for (let i = 0; i < n; i++) made.data[i * n + i] = 1;
  return made;
}
