import { type Matrix, matrix } from './matrix.ts';
import { gramOfRows } from './products.ts';
import { householder, type PivotedQr, reflect } from './qr.ts';

/** The answer to: minimise ‖A x − b‖². */
export interface LeastSquares {
  /** Shape [n]; 0 for a column that depends on others. */
  readonly x: Float64Array;
  /** Independent columns of A. */
  readonly rank: number;
  /** Columns of A that depend on others and have been given 0, ascending; empty at full rank. */
  readonly dependent: readonly number[];
  /** ‖A x − b‖². */
  readonly residual: number;
  /** (AᵀA)⁻¹ from the factors, shape [n × n]; null unless the rank is n. */
  readonly inverseGram: Matrix | null;
}

/**
 * Least squares by Householder QR with column pivoting, which does not square the condition number
 * as normal equations do. Where columns are collinear, those that add nothing get 0 (a basic
 * solution) and are named. Also for m < n. Cost 2·m·n² + n³.
 *
 * **Source:** Golub and Van Loan, Matrix Computations, 4th ed. 2013, §5.5.
 *
 * @param a shape [m × n], finite.
 * @param b shape [m].
 */
export function leastSquares(a: Matrix, b: Float64Array): LeastSquares {
  const { rows: m, columns: n } = a;
  const factors = householder(a, true);
  const { packed, diagonal, columns, rank } = factors;
  const turned = Float64Array.from(b);
  reflect(factors, m, turned);
  const x = new Float64Array(n);
  for (let i = rank - 1; i >= 0; i--) {
    let sum = turned[i];
    for (let j = i + 1; j < rank; j++) sum -= packed[j * m + i] * x[columns[j]];
    x[columns[i]] = sum / diagonal[i];
  }
  let residual = 0;
  for (let i = rank; i < m; i++) residual += turned[i] * turned[i];
  const dependent = [...columns.subarray(rank)].sort((one, other) => one - other);
  const inverseGram = rank === n ? inverseGramOf(factors, m, n) : null;
  return { x, rank, dependent, residual, inverseGram };
}

/** P R⁻¹ R⁻ᵀ Pᵀ. */
function inverseGramOf({ packed, diagonal, columns }: PivotedQr, m: number, n: number): Matrix {
  // Row columns[i] of `inverse` is row i of R⁻¹.
  const inverse = matrix(n, n);
  for (let j = 0; j < n; j++) {
    const column = new Float64Array(j + 1);
    column[j] = 1 / diagonal[j];
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum -= packed[k * m + i] * column[k];
      column[i] = sum / diagonal[i];
    }
    for (let i = 0; i <= j; i++) inverse.data[columns[i] * n + j] = column[i];
  }
  return gramOfRows(inverse);
}
