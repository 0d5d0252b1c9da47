import { ok, type Result, refuse } from '@plimsoll/kernel';
import { cholesky, type Matrix, matrix, solveCholesky } from '@plimsoll/quant/linear-algebra';

/** A fitted model of the chance of an event. */
export interface LogisticModel {
  /** Change of the log-odds for one more of each feature, shape [features]. */
  readonly coefficients: Float64Array;
  /** Log-odds where all features are 0. */
  readonly intercept: number;
  readonly iterations: number;
}

/** ln(1 + e^m), without overflow. */
const softPlus = (m: number): number => Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m)));

/** 1 ÷ (1 + e^(−m)). */
const logistic = (m: number): number => 1 / (1 + Math.exp(-m));

/** Log-odds of a row. */
function oddsOf(x: Matrix, row: number, beta: Float64Array): number {
  const features = x.columns;
  let sum = beta[features];
  for (let j = 0; j < features; j++) sum += beta[j] * x.data[row * features + j];
  return sum;
}

/** Σ ln(1 + e^m) − y m + ½ λ Σ β², the intercept free. */
function loss(x: Matrix, y: Float64Array, beta: Float64Array, penalty: number): number {
  let sum = 0;
  for (let i = 0; i < x.rows; i++) {
    const odds = oddsOf(x, i, beta);
    sum += softPlus(odds) - y[i] * odds;
  }
  for (let j = 0; j < x.columns; j++) sum += 0.5 * penalty * beta[j] * beta[j];
  return sum;
}

/** The gradient of the loss and its second derivatives at β. */
function derivatives(x: Matrix, y: Float64Array, beta: Float64Array, penalty: number) {
  const features = x.columns;
  const width = features + 1;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  const row = new Float64Array(width).fill(1);
  for (let i = 0; i < x.rows; i++) {
    row.set(x.data.subarray(i * features, (i + 1) * features));
    const chance = logistic(oddsOf(x, i, beta));
    const weight = chance * (1 - chance);
    for (let j = 0; j < width; j++) {
      gradient[j] += (chance - y[i]) * row[j];
      for (let k = 0; k <= j; k++) curvature[j * width + k] += weight * row[j] * row[k];
    }
  }
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < j; k++) curvature[k * width + j] = curvature[j * width + k];
    if (j === features) continue;
    gradient[j] += penalty * beta[j];
    curvature[j * width + j] += penalty;
  }
  return { gradient, curvature: matrix(width, width, curvature) };
}

function wrongInput(x: Matrix, y: Float64Array, penalty: number): string | undefined {
  if (x.rows !== y.length) return `There are ${x.rows} rows of features and ${y.length} labels.`;
  if (!x.data.every(Number.isFinite)) return 'Features must all be finite numbers.';
  if (!y.every((label) => label === 0 || label === 1)) return 'Labels must be 0 or 1.';
  if (!y.includes(0) || !y.includes(1))
    return `All ${y.length} labels are alike; nothing to tell apart.`;
  return penalty >= 0 ? undefined : `A penalty of ${penalty} must not be negative.`;
}

/**
 * Logistic regression with an L2 penalty: β and intercept that minimise
 * Σ [ln(1 + e^mᵢ) − yᵢ mᵢ] + ½ λ Σ βⱼ², mᵢ = intercept + Σ βⱼ xᵢⱼ; the intercept is not penalised.
 *
 * @param x Features, shape [n × features], all finite. Scale them alike where λ > 0.
 * @param y Labels 0 or 1, both present, shape [n].
 * @param penalty λ at least 0; scikit-learn's C is 1 ÷ λ.
 * @returns refused where the labels are alike, or without penalty the features part them wholly (no
 *   finite solution) or are collinear.
 *
 * Cost: some ten turns of n × features². Source: Newton's method with halved steps; Hastie,
 * Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed. (2009), §4.4.
 */
export function logisticRegression(
  x: Matrix,
  y: Float64Array,
  penalty: number,
): Result<LogisticModel> {
  const wrong = wrongInput(x, y, penalty);
  if (wrong !== undefined) return refuse({ code: 'classifier.input', detail: wrong });
  const width = x.columns + 1;
  let beta = new Float64Array(width);
  let value = loss(x, y, beta, penalty);
  for (let turn = 1; turn <= 100; turn++) {
    const { gradient, curvature } = derivatives(x, y, beta, penalty);
    const factor = cholesky(curvature);
    if (!factor) break;
    const step = solveCholesky(factor, gradient);
    const decrement = step.reduce((sum, each, j) => sum + each * gradient[j], 0);
    let share = 1;
    let next = beta.map((each, j) => each - step[j]);
    let nextValue = loss(x, y, next, penalty);
    while (nextValue > value * (1 + 1e-12) && share > 1e-10) {
      share /= 2;
      next = beta.map((each, j) => each - share * step[j]);
      nextValue = loss(x, y, next, penalty);
    }
    beta = next;
    value = nextValue;
    // Newton's method squares the error, so after a step this small nothing is left of it.
    if (decrement > 1e-16 * Math.max(1, value)) continue;
    if (penalty === 0 && isSure(x, beta)) break;
    const coefficients = beta.slice(0, x.columns);
    return ok({ coefficients, intercept: beta[x.columns], iterations: turn });
  }
  return refuse({
    code: 'classifier.separated',
    detail: `The features part the labels wholly or depend on each other, so that a penalty of ${penalty} gives no single answer; raise it.`,
  });
}

/** Whether some chance has run off to 0 or 1, as it does where labels can be parted. */
const isSure = (x: Matrix, beta: Float64Array): boolean =>
  Array.from({ length: x.rows }, (_, i) => oddsOf(x, i, beta)).some((odds) => Math.abs(odds) > 30);

/** Chance of the event for each row: 1 ÷ (1 + e^(−m)), shape [n]. */
export function logisticChances(x: Matrix, model: LogisticModel): Float64Array {
  const beta = Float64Array.of(...model.coefficients, model.intercept);
  return Float64Array.from({ length: x.rows }, (_, i) => logistic(oddsOf(x, i, beta)));
}
