import { ok, type Result } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { linkingFactors } from '../attribution/linking.ts';

/** What was regressed, and what came of it. */
export interface FactorFit {
  readonly alpha: number;
  /** Shape [k]. */
  readonly betas: Float64Array;
  /** Factor returns, row-major [n × k]. */
  readonly factors: Matrix;
  /** e(t), shape [n]. */
  readonly residuals: Float64Array;
  /** What was taken off the returns before, shape [n]. */
  readonly riskFree: Float64Array;
}

/** Where returns and their variance came from. */
export interface FactorAttribution {
  /** Mean excess return per period = alpha + Σ `mean`. */
  readonly meanExcess: number;
  readonly alpha: number;
  /** β_k × mean of factor k, shape [k]. */
  readonly mean: Float64Array;
  /** Sample variance of excess returns (ddof 1) = `factorVariance` + `residualVariance`. */
  readonly variance: number;
  readonly factorVariance: number;
  readonly residualVariance: number;
  /** β_k Σ_j Cov(f_k, f_j) β_j, shape [k]; sums to `factorVariance`. */
  readonly varianceShares: Float64Array;
  /** Over the whole time, linked; all four parts sum to `totalReturn`. */
  readonly totalReturn: number;
  readonly linkedFactors: Float64Array;
  readonly linkedAlpha: number;
  readonly linkedResidual: number;
  readonly linkedRiskFree: number;
}

/**
 * Attributes returns to factors by the regression r(t) − rf(t) = α + Σ β_k f_k(t) + e(t):
 *
 *   mean       r̄ − r̄f = α + Σ β_k f̄_k, since residuals sum to 0
 *   variance   Var(r − rf) = βᵀ Cov(f) β + Var(e), all with n − 1
 *   total      R = Σ over parts of Σₜ c(t) × part(t), Carino's c(t), Π (1 + r(t)) = 1 + R
 *
 * @returns the parts; each kind adds up to its whole but for rounding. Refused: a return of −1.
 *   Cost n·k².
 *
 * **Source:** William Sharpe, Asset allocation: management style and performance measurement, 1992;
 * linking by David Carino, Combining attribution effects over time, 1999.
 */
export function factorAttribution(fit: FactorFit): Result<FactorAttribution> {
  const { alpha, betas, factors, residuals, riskFree } = fit;
  const { rows: n, columns: k, data } = factors;
  const means = new Float64Array(k);
  for (let t = 0; t < n; t++) {
    for (let j = 0; j < k; j++) means[j] += data[t * k + j] / n;
  }
  const returns = new Float64Array(n);
  const varianceShares = new Float64Array(k);
  let residualVariance = 0;
  for (let t = 0; t < n; t++) {
    let about = 0;
    let level = 0;
    for (let j = 0; j < k; j++) {
      about += betas[j] * (data[t * k + j] - means[j]);
      level += betas[j] * data[t * k + j];
    }
    for (let j = 0; j < k; j++) {
      varianceShares[j] += (betas[j] * (data[t * k + j] - means[j]) * about) / (n - 1);
    }
    residualVariance += residuals[t] ** 2 / (n - 1);
    returns[t] = riskFree[t] + alpha + level + residuals[t];
  }
  const linked = linkingFactors({ portfolio: returns, benchmark: new Float64Array(n) }, 'carino');
  if (!linked.ok) return linked;
  const { factors: scale, portfolioReturn: totalReturn } = linked.value;
  const over = (part: (t: number) => number): number => {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += scale[t] * part(t);
    return sum;
  };
  const mean = betas.map((beta, j) => beta * means[j]);
  const factorVariance = varianceShares.reduce((sum, each) => sum + each, 0);
  return ok({
    meanExcess: mean.reduce((sum, each) => sum + each, alpha),
    alpha,
    mean,
    variance: factorVariance + residualVariance,
    factorVariance,
    residualVariance,
    varianceShares,
    totalReturn,
    linkedFactors: betas.map((beta, j) => over((t) => beta * data[t * k + j])),
    linkedAlpha: over(() => alpha),
    linkedResidual: over((t) => residuals[t]),
    linkedRiskFree: over((t) => riskFree[t]),
  });
}
