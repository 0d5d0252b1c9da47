import type { Matrix } from '../linear-algebra/matrix.ts';
import type { ElasticNetOptions } from './penalised.ts';

/** What a logistic elastic net found. */
export interface LogisticElasticNet {
  /** Change of the log-odds for one more of each column, shape [k]; exactly 0 for columns that are out. */
  readonly coefficients: Float64Array;
  /** Log-odds where all columns are 0; not penalised. */
  readonly intercept: number;
  /** Whether the conditions of optimality hold to the tolerance. */
  readonly converged: boolean;
  /** Quadratic models that were made. */
  readonly rounds: number;
}

/** What the search is about: rows, labels, shares of weight that sum to 1, and both penalties. */
interface Problem {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly shares: Float64Array;
  readonly lasso: number;
  readonly quadratic: number;
}

const logistic = (m: number): number => 1 / (1 + Math.exp(-m));

/**
 * Logistic elastic net: argmin Σ wᵢ [ln(1 + e^mᵢ) − yᵢ mᵢ] ÷ Σ w + α ρ ‖b‖₁ + α (1 − ρ) ‖b‖² ÷ 2 with
 * mᵢ = c + xᵢb and c free, by coordinate descent on quadratic models of the loss, each step halved until
 * the whole falls. Neither centres nor scales.
 *
 * @param x [n × k], finite; `standardise` first so that the penalty treats columns alike.
 * @param y 0 or 1, both present, shape [n]. @param weights ≥ 0, with some on both labels, shape [n].
 * @param options As for `elasticNet`; its tolerance is absolute here, 1e-10 if not given, its rounds 200.
 * @returns `converged` is false where α is 0 and the columns part the labels wholly.
 *
 * Cost: n k² a round. **Source:** Jerome Friedman, Trevor Hastie, Rob Tibshirani, Regularization paths
 * for generalized linear models via coordinate descent, 2010, §3. scikit-learn's C is 1 ÷ (α n).
 */
export function logisticElasticNet(
  x: Matrix,
  y: Float64Array,
  weights: Float64Array,
  options: ElasticNetOptions,
): LogisticElasticNet {
  const { alpha, absoluteShare, tolerance = 1e-10, maxRounds = 200, start } = options;
  const total = weights.reduce((sum, each) => sum + each, 0);
  const problem: Problem = {
    x,
    y,
    shares: weights.map((each) => each / total),
    lasso: alpha * absoluteShare,
    quadratic: alpha * (1 - absoluteShare),
  };
  const k = x.columns;
  /** The coefficients, and the intercept last. */
  let b = new Float64Array(k + 1);
  if (start) b.set(start);
  let value = objective(problem, b);
  let rounds = 0;
  let converged = false;
  while (!converged && rounds < maxRounds) {
    const { gradient, curvature } = derivatives(problem, b);
    converged = violation(problem, b, gradient) <= tolerance;
    if (converged) break;
    rounds += 1;
    const next = quadraticMinimum(problem, b, gradient, curvature);
    let share = 1;
    let trial = next;
    let reached = objective(problem, trial);
    // Near the optimum a step gains less than rounding; it is taken all the same.
    const most = value + 1e-14 * Math.max(1, Math.abs(value));
    while (!(reached <= most) && share > 1e-10) {
      share /= 2;
      trial = b.map((each, j) => each + share * ((next[j] as number) - each));
      reached = objective(problem, trial);
    }
    if (!(reached <= most)) break;
    b = trial;
    value = reached;
  }
  return { coefficients: b.slice(0, k), intercept: b[k], converged, rounds };
}

function marginOf({ columns, data }: Matrix, i: number, b: Float64Array): number {
  let sum = b[columns];
  for (let j = 0; j < columns; j++) sum += b[j] * data[i * columns + j];
  return sum;
}

function objective({ x, y, shares, lasso, quadratic }: Problem, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.rows; i++) {
    const m = marginOf(x, i, b);
    sum += shares[i] * (Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))) - y[i] * m);
  }
  for (let j = 0; j < x.columns; j++) {
    sum += lasso * Math.abs(b[j]) + 0.5 * quadratic * b[j] * b[j];
  }
  return sum;
}

/** Of the loss alone; the curvature is [k + 1 × k + 1], the intercept last. */
function derivatives(
  { x, y, shares }: Problem,
  b: Float64Array,
): { readonly gradient: Float64Array; readonly curvature: Float64Array } {
  const k = x.columns;
  const width = k + 1;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  const row = new Float64Array(width).fill(1);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < k; j++) row[j] = x.data[i * k + j];
    const chance = logistic(marginOf(x, i, b));
    const pull = shares[i] * (chance - y[i]);
    const weight = shares[i] * chance * (1 - chance);
    for (let j = 0; j < width; j++) {
      gradient[j] += pull * row[j];
      const scaled = weight * row[j];
      for (let l = 0; l <= j; l++) curvature[j * width + l] += scaled * row[l];
    }
  }
  for (let j = 0; j < width; j++) {
    for (let l = 0; l < j; l++) curvature[l * width + j] = curvature[j * width + l];
  }
  return { gradient, curvature };
}

/** Coordinate descent on the quadratic model at b with the penalties. */
function quadraticMinimum(
  { x, lasso, quadratic }: Problem,
  b: Float64Array,
  at: Float64Array,
  curvature: Float64Array,
): Float64Array<ArrayBuffer> {
  const k = x.columns;
  const width = k + 1;
  const next = Float64Array.from(b);
  const gradient = Float64Array.from(at);
  for (let round = 0; round < 1000; round++) {
    let largest = 0;
    for (let j = 0; j < width; j++) {
      const own = curvature[j * width + j];
      if (own <= 0) continue;
      const pull = own * next[j] - gradient[j];
      let to = pull / own;
      if (j < k) {
        const beyond = Math.abs(pull) - lasso;
        to = beyond <= 0 ? 0 : (Math.sign(pull) * beyond) / (own + quadratic);
      }
      const change = to - next[j];
      if (change === 0) continue;
      next[j] = to;
      largest = Math.max(largest, Math.abs(change) * Math.sqrt(own));
      for (let l = 0; l < width; l++) gradient[l] += change * curvature[j * width + l];
    }
    if (largest < 1e-13) break;
  }
  return next;
}

/** The largest distance from the conditions of optimality. */
function violation(
  { x, lasso, quadratic }: Problem,
  b: Float64Array,
  gradient: Float64Array,
): number {
  let worst = Math.abs(gradient[x.columns]);
  for (let j = 0; j < x.columns; j++) {
    const slope = gradient[j] + quadratic * b[j];
    const off =
      b[j] === 0 ? Math.max(0, Math.abs(slope) - lasso) : Math.abs(slope + Math.sign(b[j]) * lasso);
    worst = Math.max(worst, off);
  }
  return worst;
}
