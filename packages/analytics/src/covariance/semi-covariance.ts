import { gram, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { scaled } from './sample.ts';

/**
 * Heuristic semi-covariance per period, of what falls short of a threshold:
 *
 *   S = Σₜ dₜ dₜᵀ ÷ T,   dₜ = min(rₜ − b, 0)
 *
 * Positive semi-definite always, and independent of the portfolio, unlike the exact one. The
 * shortfalls are not centred. Cost T·n².
 *
 * **Source:** Estrada, Mean-semivariance optimization: a heuristic approach, 2008, equation 8; the
 * same as PyPortfolioOpt 1.5.6 `semicovariance`, whose default threshold is 0.000079 a day.
 *
 * @param returns shape [T × n], finite, T ≥ 1.
 * @param threshold b per period; 0 if not given.
 */
export function semiCovariance(returns: Matrix, threshold = 0): Matrix {
  const shortfalls = matrix(
    returns.rows,
    returns.columns,
    returns.data.map((value) => Math.min(value - threshold, 0)),
  );
  return scaled(gram(shortfalls), 1 / returns.rows);
}
