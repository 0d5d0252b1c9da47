import { type Matrix, solve, timesVector } from '@plimsoll/quant/linear-algebra';
import { mean, variance } from '@plimsoll/quant/statistics';

/**
 * The expected returns under which the market's weights are optimal: π = δ Σ w + rf.
 *
 * @param weights      Of the market, shape [n]; scaled to sum 1 by the caller.
 * @param riskAversion δ, usually 1 … 4.
 * @param riskFree     0 gives excess returns, as in the paper; PyPortfolioOpt adds 0.02 by default.
 *
 * **Source:** F. Black, R. Litterman, "Global Portfolio Optimization" (1992).
 */
export function impliedReturns(
  covariance: Matrix,
  weights: Float64Array,
  riskAversion: number,
  riskFree = 0,
): Float64Array {
  return timesVector(covariance, weights).map((each) => riskAversion * each + riskFree);
}

/**
 * The risk aversion that a market's past shows: δ = (mean · periods − rf) ÷ (variance · periods).
 *
 * @param returns Of the market, simple, a period, at least two, shape [T].
 * @returns NaN where the variance is 0.
 *
 * **Source:** J. Walters, "The Black-Litterman Model in Detail" (2014); as PyPortfolioOpt 1.5.6.
 */
export function marketRiskAversion(
  returns: Float64Array,
  riskFree: number,
  periodsPerYear: number,
): number {
  const risk = variance(returns) * periodsPerYear;
  return risk > 0 ? (mean(returns) * periodsPerYear - riskFree) / risk : Number.NaN;
}

/**
 * Weights that would be optimal without constraints, (δΣ)⁻¹ μ. With Σ including the uncertainty of
 * the mean they are those of He and Litterman; PyPortfolioOpt takes Σ without it and scales the
 * weights to sum 1.
 *
 * @returns Null where the covariance is singular.
 */
export function unconstrainedWeights(
  covariance: Matrix,
  mean: Float64Array,
  riskAversion: number,
): Float64Array | null {
  const weights = solve(covariance, mean);
  return weights && weights.map((each) => each / riskAversion);
}
