import { logGamma } from '../../distributions/index.ts';
import { backcast, firstVariance, type GarchParameters, type GarchStart } from './garch-model.ts';

/** What the recursion makes of a series at given parameters. */
export interface GarchPath {
  /** Conditional variances σ²_t, each known before x_t, shape [n]. */
  readonly variances: Float64Array;
  /** e_t = x_t − μ, shape [n]. */
  readonly residuals: Float64Array;
  /** e_t ÷ σ_t, shape [n]. */
  readonly standardised: Float64Array;
  /** The variance of the step after the last. */
  readonly next: number;
  /** Σ ln f(x_t | past). */
  readonly logLikelihood: number;
}

/**
 * The conditional variances of a series at given parameters:
 *
 *   σ²_t = ω + (α + γ 1[e_{t−1} < 0]) e²_{t−1} + β σ²_{t−1},   e_t = x_t − μ
 *
 * with normal shocks, or Student's t scaled to variance 1.
 *
 * @param x The series, finite, shape [n], n ≥ 1.
 * @param start How the first variance is had; see `GarchStart`.
 *
 * Cost: O(n). Source: Tim Bollerslev, Generalized autoregressive conditional heteroskedasticity,
 * 1986; Lawrence Glosten, Ravi Jagannathan and David Runkle, On the relation between the expected
 * value and the volatility of the nominal excess return on stocks, 1993.
 */
export function garchFilter(
  x: Float64Array,
  parameters: GarchParameters,
  start: GarchStart = 'backcast',
): GarchPath {
  const n = x.length;
  const { mean, omega, alpha, gamma, beta, dof } = parameters;
  const variances = new Float64Array(n);
  const residuals = new Float64Array(n);
  const standardised = new Float64Array(n);
  let variance = firstVariance(x, parameters, start, backcast(x));
  let logs = 0;
  for (let t = 0; t < n; t++) {
    const e = x[t] - mean;
    const square = e * e;
    variances[t] = variance;
    residuals[t] = e;
    standardised[t] = e / Math.sqrt(variance);
    logs +=
      Math.log(variance) +
      (dof === null ? square / variance : (dof + 1) * Math.log1p(square / (variance * (dof - 2))));
    variance = omega + (e < 0 ? alpha + gamma : alpha) * square + beta * variance;
  }
  return {
    variances,
    residuals,
    standardised,
    next: variance,
    logLikelihood: n * logConstant(dof) - logs / 2,
  };
}

/** The part of a log density that no observation changes. */
export const logConstant = (dof: number | null): number =>
  dof === null
    ? -Math.log(2 * Math.PI) / 2
    : logGamma((dof + 1) / 2) - logGamma(dof / 2) - Math.log(Math.PI * (dof - 2)) / 2;
