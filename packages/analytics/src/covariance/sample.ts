import { gram, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';

/** The columns less `means`. */
export function centred({ rows, columns, data }: Matrix, means: Float64Array): Matrix {
  const made = matrix(rows, columns);
  for (let t = 0; t < rows; t++) {
    for (let i = 0; i < columns; i++) {
      made.data[t * columns + i] = data[t * columns + i] - means[i];
    }
  }
  return made;
}

/** A new matrix, each entry times `factor`. */
export const scaled = ({ rows, columns, data }: Matrix, factor: number): Matrix =>
  matrix(
    rows,
    columns,
    data.map((value) => value * factor),
  );

/** The diagonal, shape [n]. */
export const diagonal = ({ rows, data }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * (rows + 1)]);

/**
 * Sample covariance per period:
 *
 *   S = Σₜ (rₜ − r̄)(rₜ − r̄)ᵀ ÷ (T − ddof)
 *
 * Positive semi-definite; singular where T ≤ n or columns are collinear. Cost T·n².
 *
 * **Source:** numpy 1.24 `cov` (the same to rounding).
 *
 * @param returns shape [T × n], finite, T > ddof.
 * @param ddof 1 for the unbiased estimate, 0 for that of maximum likelihood.
 */
export function sampleCovariance(returns: Matrix, ddof: 0 | 1 = 1): Matrix {
  return scaled(gram(centred(returns, columnMeans(returns))), 1 / (returns.rows - ddof));
}
