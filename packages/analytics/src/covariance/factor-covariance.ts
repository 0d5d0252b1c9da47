import {
  columnOf,
  leastSquares,
  type Matrix,
  matrix,
  multiply,
  multiplyTransposed,
  symmetricEigen,
} from '@plimsoll/quant/linear-algebra';
import { diagonal, sampleCovariance } from './sample.ts';

/** Covariance from few factors and a variance of its own for each column. */
export interface FactorCovariance {
  /** B Σ_f Bᵀ + D. */
  readonly covariance: Matrix;
  /** B, shape [n × k]. */
  readonly loadings: Matrix;
  /** Σ_f, shape [k × k]. */
  readonly factors: Matrix;
  /** diag D, shape [n]. */
  readonly specific: Float64Array;
}

/**
 * Covariance by a linear model of given factors, B from least squares with a constant:
 *
 *   Σ = B Σ_f Bᵀ + D,   D = diag(residual variance, over T − k − 1)
 *
 * Positive semi-definite; definite where every column has a residual. Null where the factors are
 * collinear or T ≤ k + 1. Cost T·(k² + n·k).
 *
 * **Source:** Connor, Goldberg and Korajczyk, Portfolio Risk Analysis, 2010, chapter 3.
 *
 * @param returns shape [T × n], finite.
 * @param factors shape [T × k], finite, on the same periods.
 */
export function factorCovariance(returns: Matrix, factors: Matrix): FactorCovariance | null {
  const { rows: periods, columns: n } = returns;
  const k = factors.columns;
  if (periods <= k + 1) return null;
  const design = withConstant(factors);
  const loadings = matrix(n, k);
  const specific = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const fit = leastSquares(design, columnOf(returns, i));
    if (fit.rank <= k) return null;
    loadings.data.set(fit.x.subarray(1), i * k);
    specific[i] = fit.residual / (periods - k - 1);
  }
  const spread = sampleCovariance(factors);
  return { covariance: compose(loadings, spread, specific), loadings, factors: spread, specific };
}

/**
 * Covariance by the k largest principal components of the sample covariance, the rest of each
 * variance kept as its own: diag Σ = diag S. Cost T·n² + 9·n³.
 *
 * **Source:** Connor and Korajczyk, Performance measurement with the arbitrage pricing theory, 1986.
 *
 * @param returns shape [T × n], finite, T ≥ 2.
 * @param count k, 1 to n.
 */
export function principalCovariance(returns: Matrix, count: number): FactorCovariance {
  const n = returns.columns;
  const sample = sampleCovariance(returns);
  const { values, vectors } = symmetricEigen(sample);
  const loadings = matrix(n, count);
  const spread = matrix(count, count);
  for (let c = 0; c < count; c++) {
    const from = n - 1 - c;
    spread.data[c * (count + 1)] = Math.max(0, values[from]);
    for (let i = 0; i < n; i++) loadings.data[i * count + c] = vectors.data[i * n + from];
  }
  const common = diagonal(compose(loadings, spread, new Float64Array(n)));
  const specific = diagonal(sample).map((variance, i) => Math.max(0, variance - common[i]));
  return { covariance: compose(loadings, spread, specific), loadings, factors: spread, specific };
}

function withConstant({ rows, columns, data }: Matrix): Matrix {
  const made = matrix(rows, columns + 1);
  for (let t = 0; t < rows; t++) {
    made.data[t * (columns + 1)] = 1;
    made.data.set(data.subarray(t * columns, (t + 1) * columns), t * (columns + 1) + 1);
  }
  return made;
}

function compose(loadings: Matrix, factors: Matrix, specific: Float64Array): Matrix {
  const made = multiplyTransposed(multiply(loadings, factors), loadings);
  const n = made.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) made.data[j * n + i] = made.data[i * n + j];
    made.data[i * (n + 1)] += specific[i];
  }
  return made;
}
