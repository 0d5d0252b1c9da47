import { fSf } from '../distributions/fisher.ts';
import { normalCdf } from '../distributions/normal.ts';
import { studentTCdf } from '../distributions/student-t.ts';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { classicCovariance, neweyWest, neweyWestLag, white } from './coefficient-covariance.ts';
import { solveColumns } from './solve-columns.ts';

/** How the errors of the coefficients are estimated; `white` is HC0. */
export type CovarianceKind = 'classic' | 'white' | 'hc1' | 'hc2' | 'hc3' | 'newey-west';

/** How a regression is fitted and its errors estimated. */
export interface RegressionOptions {
  /** Positive, one an observation, proportional to 1 ÷ variance of its error; all alike if not given. */
  readonly weights?: Float64Array;
  /** `classic` if not given. */
  readonly covariance?: CovarianceKind;
  /** Of Newey–West: ⌊4 (n ÷ 100)^(2/9)⌋ if not given. */
  readonly lags?: number;
  /** Whether Newey–West is multiplied by n ÷ (n − k); not if not given. */
  readonly smallSample?: boolean;
  /** What p-values are of: Student's t with n − k degrees (if not given), or the normal distribution. */
  readonly distribution?: 't' | 'normal';
}

/** A fitted linear regression. NaN marks what a column that depends on others has made unknowable. */
export interface LinearRegression {
  readonly n: number;
  /** Shape [k]; 0 for columns that depend on others. */
  readonly coefficients: Float64Array;
  /** Shape [k] each; NaN where columns are dependent or n ≤ k. */
  readonly standardErrors: Float64Array;
  readonly t: Float64Array;
  /** Two-sided. */
  readonly p: Float64Array;
  /** Of the coefficients, shape [k × k]; null where columns are dependent or n ≤ k. */
  readonly covariance: Matrix | null;
  /** y − Xβ, without weights, shape [n]. */
  readonly residuals: Float64Array;
  readonly fitted: Float64Array;
  /** Independent columns. */
  readonly rank: number;
  /** Places of the columns that depend on others, ascending. */
  readonly dependent: readonly number[];
  readonly degreesOfFreedom: number;
  /** Σ w e². */
  readonly residualSumOfSquares: number;
  /** √(Σ w e² ÷ (n − k)); NaN where n ≤ k. */
  readonly residualDeviation: number;
  /** Whether a column is a constant other than 0, about whose mean R² is then taken. */
  readonly hasConstant: boolean;
  /** NaN where y does not vary. */
  readonly r2: number;
  readonly adjustedR2: number;
  /** Classic F of all coefficients but the constant's, and its p-value; NaN where there are none. */
  readonly f: number;
  readonly fP: number;
  /** Of normal errors, with what weights add. */
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** The lag of Newey–West, null for other kinds. */
  readonly lags: number | null;
}

/**
 * Least squares, β = argmin Σ wᵢ (yᵢ − xᵢβ)², with the errors of its coefficients; by QR with column
 * pivoting wherever columns are nearly collinear (`solveColumns`):
 *
 *   classic      s² (XᵀWX)⁻¹, s² = Σ w e² ÷ (n − k)
 *   white, hc1–3 B (Σ ωᵢ xᵢxᵢᵀ) B, B = (XᵀWX)⁻¹, ω = e² × 1, n ÷ (n − k), 1 ÷ (1 − h), 1 ÷ (1 − h)²
 *   newey-west   B (Γ₀ + Σ over l ≤ L of (1 − l ÷ (L + 1))(Γ_l + Γ_lᵀ)) B, Γ_l = Σ xₜeₜeₜ₋ₗxₜ₋ₗᵀ
 *
 * R² = 1 − Σ w e² ÷ Σ w (y − ȳ)², about 0 where no column is constant. Log-likelihood is that of
 * normal errors at the variance Σ w e² ÷ n, AIC = −2 ℓ + 2 k, BIC = −2 ℓ + k ln n.
 *
 * @param x design, row-major [n × k]; a constant is a column of it, none is added. Finite.
 * @param y shape [n], finite.
 * @returns the fit; where columns depend on others (`dependent`), a basic solution with errors NaN.
 *   Throws where shapes differ, n = 0 or a weight is not positive. Cost n k², and as much again for robust errors.
 *
 * The defaults are statsmodels' but for p-values of robust errors, which it takes from the normal
 * distribution and we, as R's `coeftest`, from Student's.
 *
 * **Source:** Halbert White, A heteroskedasticity-consistent covariance matrix estimator, 1980; James
 * MacKinnon, Halbert White, Some heteroskedasticity-consistent covariance matrix estimators, 1985;
 * Whitney Newey, Kenneth West, A simple, positive semi-definite, heteroskedasticity and
 * autocorrelation consistent covariance matrix, 1987.
 */
export function ordinaryLeastSquares(
  x: Matrix,
  y: Float64Array,
  options: RegressionOptions = {},
): LinearRegression {
  const { rows: n, columns: k } = x;
  const { weights } = options;
  requireShapes(x, y, weights);
  const scaled = weights ? scaledRows(x, y, weights) : { x, y };
  const solved = solveColumns(scaled.x, matrix(n, 1, scaled.y));
  const { rank, dependent, inverseGram } = solved;
  const coefficients = solved.coefficients.data;
  const { fitted, residuals, scaledResiduals } = residualsOf(x, y, coefficients, weights);
  let rss = 0;
  for (const each of scaledResiduals) rss += each * each;
  const degreesOfFreedom = n - rank;
  const lags = options.covariance === 'newey-west' ? (options.lags ?? neweyWestLag(n)) : null;
  const covariance =
    inverseGram && degreesOfFreedom > 0
      ? coefficientCovariance(scaled.x, scaledResiduals, inverseGram, {
          ...options,
          lags: lags ?? 0,
        })
      : null;
  const standardErrors = new Float64Array(k).fill(Number.NaN);
  if (covariance) {
    for (let j = 0; j < k; j++) standardErrors[j] = Math.sqrt(covariance.data[j * k + j]);
  }
  const t = coefficients.map((each, j) => each / standardErrors[j]);
  const tail =
    options.distribution === 'normal'
      ? (at: number): number => normalCdf(at)
      : (at: number): number => studentTCdf(at, degreesOfFreedom);
  return {
    n,
    coefficients,
    standardErrors,
    t,
    p: t.map((each) => (Number.isNaN(each) ? Number.NaN : 2 * tail(-Math.abs(each)))),
    covariance,
    residuals,
    fitted,
    rank,
    dependent,
    degreesOfFreedom,
    residualSumOfSquares: rss,
    residualDeviation: degreesOfFreedom > 0 ? Math.sqrt(rss / degreesOfFreedom) : Number.NaN,
    lags,
    ...goodnessOfFit({ x, y, weights, rss, rank }),
  };
}

function coefficientCovariance(
  x: Matrix,
  residuals: Float64Array,
  inverseGram: Matrix,
  options: RegressionOptions & { readonly lags: number },
): Matrix {
  switch (options.covariance ?? 'classic') {
    case 'classic':
      return classicCovariance(x, residuals, inverseGram);
    case 'white':
      return white(x, residuals, inverseGram, 0);
    case 'hc1':
      return white(x, residuals, inverseGram, 1);
    case 'hc2':
      return white(x, residuals, inverseGram, 2);
    case 'hc3':
      return white(x, residuals, inverseGram, 3);
    case 'newey-west':
      return neweyWest(x, residuals, inverseGram, {
        lags: options.lags,
        smallSample: options.smallSample ?? false,
      });
  }
}

function scaledRows(
  x: Matrix,
  y: Float64Array,
  weights: Float64Array,
): { readonly x: Matrix; readonly y: Float64Array } {
  const { rows: n, columns: k } = x;
  const scaled = matrix(n, k);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const root = Math.sqrt(weights[i]);
    right[i] = root * y[i];
    for (let j = 0; j < k; j++) scaled.data[i * k + j] = root * x.data[i * k + j];
  }
  return { x: scaled, y: right };
}

function residualsOf(
  x: Matrix,
  y: Float64Array,
  coefficients: Float64Array,
  weights: Float64Array | undefined,
): Pick<LinearRegression, 'fitted' | 'residuals'> & { readonly scaledResiduals: Float64Array } {
  const { rows: n, columns: k, data } = x;
  const fitted = new Float64Array(n);
  const residuals = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += data[i * k + j] * coefficients[j];
    fitted[i] = sum;
    residuals[i] = y[i] - sum;
  }
  const scaledResiduals = weights
    ? residuals.map((each, i) => Math.sqrt(weights[i]) * each)
    : residuals;
  return { fitted, residuals, scaledResiduals };
}

interface Fit {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly rss: number;
  readonly rank: number;
}

function goodnessOfFit({
  x,
  y,
  weights,
  rss,
  rank,
}: Fit): Pick<
  LinearRegression,
  'hasConstant' | 'r2' | 'adjustedR2' | 'f' | 'fP' | 'logLikelihood' | 'aic' | 'bic'
> {
  const n = y.length;
  const hasConstant = hasConstantColumn(x);
  const total = totalSumOfSquares(y, weights, hasConstant);
  const r2 = total > 0 ? 1 - rss / total : Number.NaN;
  const constants = hasConstant ? 1 : 0;
  const slopes = rank - constants;
  const free = n - rank;
  const f =
    slopes > 0 && free > 0 && total > 0 ? (total - rss) / slopes / (rss / free) : Number.NaN;
  let logWeights = 0;
  for (const each of weights ?? []) logWeights += Math.log(each);
  const logLikelihood = (-n * (Math.log((2 * Math.PI * rss) / n) + 1) + logWeights) / 2;
  return {
    hasConstant,
    r2,
    adjustedR2: free > 0 ? 1 - ((1 - r2) * (n - constants)) / free : Number.NaN,
    f,
    fP: Number.isFinite(f) ? fSf(f, slopes, free) : f > 0 ? 0 : Number.NaN,
    logLikelihood,
    aic: -2 * logLikelihood + 2 * rank,
    bic: -2 * logLikelihood + rank * Math.log(n),
  };
}

function hasConstantColumn({ rows: n, columns: k, data }: Matrix): boolean {
  for (let j = 0; j < k; j++) {
    const first = data[j];
    let i = 1;
    while (i < n && data[i * k + j] === first) i++;
    if (i === n && first !== 0) return true;
  }
  return false;
}

function totalSumOfSquares(
  y: Float64Array,
  weights: Float64Array | undefined,
  aboutMean: boolean,
): number {
  const n = y.length;
  let shift = 0;
  if (aboutMean) {
    let sum = 0;
    let all = 0;
    for (let i = 0; i < n; i++) {
      const weight = weights?.[i] ?? 1;
      sum += weight * (y[i] - y[0]);
      all += weight;
    }
    shift = y[0] + sum / all;
  }
  let total = 0;
  for (let i = 0; i < n; i++) total += (weights?.[i] ?? 1) * (y[i] - shift) ** 2;
  return total;
}

function requireShapes(x: Matrix, y: Float64Array, weights: Float64Array | undefined): void {
  if (x.rows === 0 || x.rows !== y.length || (weights && weights.length !== y.length)) {
    throw new RangeError(
      `A regression needs as many observations as rows, and at least one: ${x.rows} rows, ${y.length} observations, ${weights?.length ?? y.length} weights.`,
    );
  }
  for (const each of weights ?? []) {
    if (!(each > 0 && Number.isFinite(each))) {
      throw new RangeError(`${each} is no weight; weights are positive numbers.`);
    }
  }
}
