import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { gram } from '../linear-algebra/products.ts';
import { transposedTimesVector } from '../linear-algebra/vector.ts';

/** Columns brought to mean 0 and deviation 1 (ddof 0), and what undoes it. */
export interface Standardised {
  readonly x: Matrix;
  /** Shape [k] each. */
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** z = (x − x̄) ÷ √(Σ (x − x̄)² ÷ n) by column. A column that does not vary becomes 0 with deviation 0. */
export function standardise({ rows: n, columns: k, data }: Matrix): Standardised {
  const means = new Float64Array(k);
  const deviations = new Float64Array(k);
  const x = matrix(n, k);
  for (let j = 0; j < k; j++) {
    const first = data[j];
    let shift = 0;
    for (let i = 0; i < n; i++) shift += (data[i * k + j] - first) / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (data[i * k + j] - first - shift) ** 2;
    means[j] = first + shift;
    const deviation = Math.sqrt(squares / n);
    deviations[j] = deviation;
    if (deviation === 0) continue;
    for (let i = 0; i < n; i++) x.data[i * k + j] = (data[i * k + j] - first - shift) / deviation;
  }
  return { x, means, deviations };
}

/**
 * Ridge regression: argmin ‖y − Xb‖² + λ ‖b‖² = (XᵀX + λI)⁻¹ Xᵀy. Neither centres nor scales.
 *
 * @param x [n × k], finite. @param y shape [n]. @param lambda > 0, in the unit of XᵀX.
 * @returns shape [k]; null where λ is too small to make XᵀX + λI positive definite. Cost n k² + k³ ÷ 3.
 *
 * **Source:** Arthur Hoerl, Robert Kennard, Ridge regression: biased estimation for nonorthogonal
 * problems, 1970; scaling as scikit-learn's `Ridge`.
 */
export function ridge(x: Matrix, y: Float64Array, lambda: number): Float64Array | null {
  const k = x.columns;
  const penalised = gram(x);
  for (let j = 0; j < k; j++) penalised.data[j * k + j] += lambda;
  const l = cholesky(penalised);
  return l && solveCholesky(l, transposedTimesVector(x, y));
}

/** How far an elastic net mixes, and when its search ends. */
export interface ElasticNetOptions {
  /** Weight of the whole penalty, ≥ 0, in the unit of Xᵀy ÷ n. */
  readonly alpha: number;
  /** Share of the absolute penalty: 1 is the lasso, 0 ridge. */
  readonly absoluteShare: number;
  /** Largest violation of the optimality conditions, relative to max |Xᵀy| ÷ n; 1e-12 if not given. */
  readonly tolerance?: number;
  /** Rounds over all columns; 100,000 if not given. */
  readonly maxRounds?: number;
  /** Where the search starts; zeros if not given. Shape [k]. */
  readonly start?: Float64Array;
}

/** What an elastic net found. */
export interface ElasticNet {
  /** Shape [k]; exactly 0 for columns that are out. */
  readonly coefficients: Float64Array;
  /** Whether the conditions of optimality hold to the tolerance. */
  readonly converged: boolean;
  readonly rounds: number;
}

/**
 * Elastic net: argmin ‖y − Xb‖² ÷ (2n) + α ρ ‖b‖₁ + α (1 − ρ) ‖b‖² ÷ 2, by coordinate descent on the
 * Gram matrix. Neither centres nor scales.
 *
 * @param x [n × k], finite; `standardise` first so that the penalty treats columns alike.
 * @param y shape [n]; take off its mean where there is no constant.
 * @returns the coefficients; collinear columns share as the last rounds leave it where ρ = 1.
 *   Cost n k² once, then k² a round.
 *
 * **Source:** Hui Zou, Trevor Hastie, Regularization and variable selection via the elastic net, 2005;
 * Jerome Friedman, Trevor Hastie, Rob Tibshirani, Regularization paths for generalized linear models
 * via coordinate descent, 2010; scaling as scikit-learn's `ElasticNet`.
 */
export function elasticNet(x: Matrix, y: Float64Array, options: ElasticNetOptions): ElasticNet {
  const { rows: n, columns: k } = x;
  const { alpha, absoluteShare, tolerance = 1e-12, maxRounds = 100_000, start } = options;
  const lasso = alpha * absoluteShare;
  const quadratic = alpha * (1 - absoluteShare);
  const g = gram(x).data.map((each) => each / n);
  const correlation = transposedTimesVector(x, y).map((each) => each / n);
  let scale = 0;
  for (const each of correlation) scale = Math.max(scale, Math.abs(each));
  const b = start ? Float64Array.from(start) : new Float64Array(k);
  /** Xᵀ(y − Xb) ÷ n. */
  const gradient = correlation.map((each, j) => {
    let sum = each;
    for (let i = 0; i < k; i++) sum -= g[j * k + i] * b[i];
    return sum;
  });
  for (let round = 1; round <= maxRounds; round++) {
    for (let j = 0; j < k; j++) {
      const curvature = g[j * k + j];
      if (curvature === 0) continue;
      const pull = gradient[j] + curvature * b[j];
      const next =
        Math.abs(pull) <= lasso ? 0 : (pull - Math.sign(pull) * lasso) / (curvature + quadratic);
      const change = next - b[j];
      if (change === 0) continue;
      b[j] = next;
      for (let i = 0; i < k; i++) gradient[i] -= change * g[i * k + j];
    }
    if (violation(b, gradient, lasso, quadratic) <= tolerance * scale) {
      return { coefficients: b, converged: true, rounds: round };
    }
  }
  return { coefficients: b, converged: false, rounds: maxRounds };
}

/** The lasso: an elastic net whose penalty is all absolute. */
export const lasso = (x: Matrix, y: Float64Array, alpha: number): ElasticNet =>
  elasticNet(x, y, { alpha, absoluteShare: 1 });

/** The largest distance from the conditions of optimality of an elastic net. */
function violation(
  b: Float64Array,
  gradient: Float64Array,
  lasso: number,
  quadratic: number,
): number {
  let worst = 0;
  for (let j = 0; j < b.length; j++) {
    const off =
      b[j] === 0
        ? Math.max(0, Math.abs(gradient[j]) - lasso)
        : Math.abs(gradient[j] - quadratic * b[j] - Math.sign(b[j]) * lasso);
    worst = Math.max(worst, off);
  }
  return worst;
}
