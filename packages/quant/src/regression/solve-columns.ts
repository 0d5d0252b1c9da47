import { cholesky, inverseLower } from '../linear-algebra/cholesky.ts';
import { leastSquares } from '../linear-algebra/least-squares.ts';
import { columnOf, type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { gram, multiply, transposedMultiply } from '../linear-algebra/products.ts';
import { timesVector, transposedTimesVector } from '../linear-algebra/vector.ts';

/** Least squares of several right sides on the same columns. */
export interface SolvedColumns {
  /** Shape [k × m]; 0 for columns that depend on others. */
  readonly coefficients: Matrix;
  /** Σ (Y − Xβ)² of each right side, shape [m]. */
  readonly residualSumOfSquares: Float64Array;
  /** Independent columns. */
  readonly rank: number;
  /** Places of the columns that depend on others, ascending. */
  readonly dependent: readonly number[];
  /** (XᵀX)⁻¹, shape [k × k]; null unless the rank is k. */
  readonly inverseGram: Matrix | null;
}

/**
 * Least squares of the m columns of Y on those of X. Where each column of X keeps a hundredth of its
 * square beside the others, by the normal equations of columns at length one with a step of
 * refinement, β ← β + (XᵀX)⁻¹Xᵀ(Y − Xβ), which is as exact there as QR (to about 1e-13) and several
 * times faster; else by QR with column pivoting.
 *
 * @param x shape [n × k], finite.
 * @param y shape [n × m], finite.
 *
 * Cost n k² + 6·n·k·m, by QR 2·n·k² for each right side.
 *
 * **Source:** Åke Björck, Numerical Methods for Least Squares Problems, 1996, §2.9.3 (corrected
 * semi-normal equations).
 */
export function solveColumns(x: Matrix, y: Matrix): SolvedColumns {
  const inverseGram = wellConditionedInverse(x);
  if (!inverseGram) return byQr(x, y);
  const first = multiply(inverseGram, across(x, y));
  const left = along(x, first);
  const residualSumOfSquares = new Float64Array(y.columns);
  for (let i = 0; i < y.rows; i++) {
    for (let s = 0; s < y.columns; s++) {
      const at = i * y.columns + s;
      const residual = y.data[at] - left.data[at];
      left.data[at] = residual;
      residualSumOfSquares[s] += residual * residual;
    }
  }
  const coefficients = multiply(inverseGram, across(x, left));
  for (let at = 0; at < first.data.length; at++) coefficients.data[at] += first.data[at];
  const rank = x.columns;
  return { coefficients, residualSumOfSquares, rank, dependent: [], inverseGram };
}

/** XᵀY. */
const across = (x: Matrix, y: Matrix): Matrix =>
  y.columns === 1
    ? matrix(x.columns, 1, transposedTimesVector(x, y.data))
    : transposedMultiply(x, y);

/** X B. */
const along = (x: Matrix, b: Matrix): Matrix =>
  b.columns === 1 ? matrix(x.rows, 1, timesVector(x, b.data)) : multiply(x, b);

/** (XᵀX)⁻¹, or null where a column keeps less than a hundredth of its square beside the others. */
function wellConditionedInverse(x: Matrix): Matrix | null {
  const k = x.columns;
  if (x.rows < k) return null;
  const scaled = gram(x);
  const lengths = Float64Array.from({ length: k }, (_, j) => Math.sqrt(scaled.data[j * (k + 1)]));
  if (!lengths.every((each) => each > 1e-140 && each < 1e140)) return null;
  scaleBoth(scaled, lengths);
  const l = cholesky(scaled);
  if (!l) return null;
  for (let j = 0; j < k; j++) {
    if (!(l.data[j * (k + 1)] ** 2 > 1e-2)) return null;
  }
  const inverse = gram(inverseLower(l));
  scaleBoth(inverse, lengths);
  return inverse;
}

/** Divides entry (i, j) by the lengths of i and j. */
function scaleBoth({ rows: k, data }: Matrix, lengths: Float64Array): void {
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) data[i * k + j] /= lengths[i] * lengths[j];
  }
}

function byQr(x: Matrix, y: Matrix): SolvedColumns {
  const { rows: n, columns: m } = y;
  const coefficients = matrix(x.columns, m);
  const residualSumOfSquares = new Float64Array(m);
  let found = leastSquares(x, m === 1 ? y.data : new Float64Array(n));
  for (let s = 0; s < m; s++) {
    if (m > 1) found = leastSquares(x, columnOf(y, s));
    for (let j = 0; j < x.columns; j++) coefficients.data[j * m + s] = found.x[j];
    residualSumOfSquares[s] = found.residual;
  }
  const { rank, dependent, inverseGram } = found;
  return { coefficients, residualSumOfSquares, rank, dependent, inverseGram };
}
