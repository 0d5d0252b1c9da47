import { chiSquareSf } from '../distributions/chi-square.ts';
import { leastSquares } from '../linear-algebra/least-squares.ts';
import type { Matrix } from '../linear-algebra/matrix.ts';
import { ordinaryLeastSquares } from './ordinary-least-squares.ts';

/**
 * Durbin and Watson's d = Σ (eₜ − eₜ₋₁)² ÷ Σ eₜ²: 2 without autocorrelation, towards 0 with positive,
 * towards 4 with negative. NaN for residuals that are all 0.
 *
 * **Source:** James Durbin, Geoffrey Watson, Testing for serial correlation in least squares
 * regression, 1950.
 */
export function durbinWatson(residuals: Float64Array): number {
  let change = 0;
  let squares = residuals[0] * residuals[0];
  for (let t = 1; t < residuals.length; t++) {
    change += (residuals[t] - residuals[t - 1]) ** 2;
    squares += residuals[t] * residuals[t];
  }
  return squares > 0 ? change / squares : Number.NaN;
}

/** A test that is distributed as χ² where its hypothesis holds. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly p: number;
  readonly degreesOfFreedom: number;
}

/**
 * Breusch and Pagan's test that the variance of errors does not depend on the regressors, in
 * Koenker's form: n R² of e² on X, χ² with k − 1 degrees.
 *
 * @param x as regressed, with its constant, [n × k].
 * @returns null where e² does not vary or X has no column but the constant.
 *
 * **Source:** Trevor Breusch, Adrian Pagan, A simple test for heteroscedasticity and random
 * coefficient variation, 1979; Roger Koenker, A note on studentizing a test for heteroscedasticity,
 * 1981.
 */
export function breuschPagan(x: Matrix, residuals: Float64Array): ChiSquareTest | null {
  const { r2, rank } = ordinaryLeastSquares(
    x,
    residuals.map((each) => each * each),
  );
  if (Number.isNaN(r2) || rank < 2) return null;
  const statistic = x.rows * r2;
  return { statistic, p: chiSquareSf(statistic, rank - 1), degreesOfFreedom: rank - 1 };
}

/**
 * Variance inflation of each column of X, which holds no constant: 1 ÷ (1 − R²) of that column on a
 * constant and the others. 1 is uncorrelated, above 10 is usually called collinear, Infinity is.
 * Shape [k]. Cost 2 n k².
 *
 * **Source:** Donald Marquardt, Generalized inverses, ridge regression, biased linear estimation, and
 * nonlinear estimation, 1970.
 */
export function varianceInflation(x: Matrix): Float64Array {
  const { rows: n, columns: k, data } = x;
  const means = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) means[j] += data[i * k + j] / n;
  }
  const centred = data.map((each, at) => each - means[at % k]);
  const { inverseGram } = leastSquares({ rows: n, columns: k, data: centred }, new Float64Array(n));
  const out = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  if (!inverseGram) return out;
  for (let j = 0; j < k; j++) {
    let squares = 0;
    for (let i = 0; i < n; i++) squares += centred[i * k + j] ** 2;
    out[j] = squares * inverseGram.data[j * k + j];
  }
  return out;
}
