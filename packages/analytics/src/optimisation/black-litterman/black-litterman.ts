import { ok, type Result, refuse } from '@plimsoll/kernel';
import {
  type Matrix,
  matrix,
  multiply,
  multiplyTransposed,
  solve,
  timesVector,
} from '@plimsoll/quant/linear-algebra';

/** Views on returns: P μ = Q, each row of P a portfolio whose return is Q, give or take. */
export interface Views {
  /** P, shape [views × n]. */
  readonly portfolios: Matrix;
  /** Q, returns in the unit of the prior (usually a year), shape [views]. */
  readonly returns: Float64Array;
}

export interface Posterior {
  /** Expected returns, shape [n]. */
  readonly mean: Float64Array;
  /** Σ + M, of returns including what is not known of their mean, shape [n × n]. */
  readonly covariance: Matrix;
  /** M, of the mean alone, shape [n × n]. */
  readonly uncertainty: Matrix;
}

/**
 * Expected returns after views, and the covariance with what remains uncertain of them.
 *
 *   A = P τΣ Pᵀ + Ω
 *   μ = π + τΣPᵀ A⁻¹ (Q − Pπ)
 *   M = τΣ − τΣPᵀ A⁻¹ P τΣ,   covariance = Σ + M
 *
 * The form with A⁻¹ takes Ω = 0 too: views that are certain are met exactly.
 *
 * @param covariance Σ, shape [n × n], symmetric.
 * @param prior      π, shape [n]; `impliedReturns` of market weights is the usual one.
 * @param omega      Ω, variances of the errors of the views, shape [views × views].
 * @param tau        τ > 0, how little is known of the prior; 0.05 is usual.
 * @returns Refused where A is singular: views that are certain and repeat or contradict each other.
 *   No views answer the prior.
 *
 * **Source:** F. Black, R. Litterman, "Global Portfolio Optimization" (1992); G. He, R. Litterman,
 * "The Intuition Behind Black-Litterman Model Portfolios" (1999); J. Walters, "The Black-Litterman
 * Model in Detail" (2014).
 */
export function blackLitterman(
  covariance: Matrix,
  prior: Float64Array,
  { portfolios, returns }: Views,
  omega: Matrix,
  tau: number,
): Result<Posterior> {
  const n = covariance.rows;
  const k = portfolios.rows;
  const scaled = scale(covariance, tau);
  if (k === 0) {
    return ok({ mean: prior.slice(), covariance: sum(covariance, scaled), uncertainty: scaled });
  }
  const spread = multiplyTransposed(scaled, portfolios);
  const a = sum(multiply(portfolios, spread), omega);
  const stated = timesVector(portfolios, prior);
  const surprise = solve(
    a,
    returns.map((each, i) => each - stated[i]),
  );
  const gain = matrix(k, n);
  for (let j = 0; j < n && surprise; j++) {
    const column = solve(
      a,
      Float64Array.from({ length: k }, (_, i) => spread.data[j * k + i]),
    );
    for (let i = 0; i < k && column; i++) gain.data[i * n + j] = column[i];
  }
  if (!surprise || !gain.data.every(Number.isFinite)) {
    const detail =
      'The views repeat or contradict each other and are held to be certain; leave one out or give it a confidence below 1.';
    return refuse({ code: 'black-litterman.views', detail });
  }
  const moved = timesVector(spread, surprise);
  const lost = multiply(spread, gain);
  const uncertainty = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      // The two halves differ by rounding only; their mean is exactly symmetric.
      const off = (lost.data[i * n + j] + lost.data[j * n + i]) / 2;
      uncertainty.data[i * n + j] = scaled.data[i * n + j] - off;
    }
  }
  return ok({
    mean: prior.map((each, i) => each + moved[i]),
    covariance: sum(covariance, uncertainty),
    uncertainty,
  });
}

const scale = ({ rows, columns, data }: Matrix, factor: number): Matrix =>
  matrix(
    rows,
    columns,
    data.map((each) => each * factor),
  );

const sum = (a: Matrix, b: Matrix): Matrix =>
  matrix(
    a.rows,
    a.columns,
    a.data.map((each, i) => each + b.data[i]),
  );
