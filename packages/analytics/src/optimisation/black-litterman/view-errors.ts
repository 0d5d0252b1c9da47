import { type Matrix, matrix, multiply, multiplyTransposed } from '@plimsoll/quant/linear-algebra';
import type { Views } from './black-litterman.ts';

/**
 * Ω in proportion to the variance of the views' portfolios: diag(P τΣ Pᵀ). Each view then counts as
 * much as the prior does.
 *
 * **Source:** G. He, R. Litterman, "The Intuition Behind Black-Litterman Model Portfolios" (1999).
 */
export function proportionalErrors(covariance: Matrix, { portfolios }: Views, tau: number): Matrix {
  const spread = multiply(portfolios, multiplyTransposed(covariance, portfolios));
  const k = portfolios.rows;
  const omega = matrix(k, k);
  for (let i = 0; i < k; i++) omega.data[i * k + i] = tau * spread.data[i * k + i];
  return omega;
}

/**
 * Ω from a confidence in each view: ωᵢ = τ (1 − cᵢ) ÷ cᵢ · pᵢΣpᵢᵀ. By itself a view of confidence c
 * moves the weights the share c of the way that certainty would; 1 makes it certain, ½ is the
 * proportional Ω, and 0 a view without weight, which must be left out.
 *
 * @param confidences In (0, 1], shape [views].
 *
 * **Source:** T. Idzorek, "A Step-by-Step Guide to the Black-Litterman Model" (2005), in the closed
 * form of J. Walters, "The Black-Litterman Model in Detail" (2014).
 */
export function confidenceErrors(
  covariance: Matrix,
  views: Views,
  confidences: Float64Array,
  tau: number,
): Matrix {
  const omega = proportionalErrors(covariance, views, tau);
  const k = confidences.length;
  confidences.forEach((confidence, i) => {
    if (!(confidence > 0 && confidence <= 1)) {
      throw new RangeError(`A confidence must be above 0 and at most 1, got ${confidence}`);
    }
    omega.data[i * k + i] *= (1 - confidence) / confidence;
  });
  return omega;
}
