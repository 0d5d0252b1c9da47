import { ok, type Result, refuse } from '@plimsoll/kernel';
import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { dot, type Matrix, quadraticForm, timesVector } from '@plimsoll/quant/linear-algebra';
import { tailOf, whyNoTail } from './tail-risk.ts';

/** What each holding has to do with one measure of risk. Shapes [instruments]. */
export interface RiskParts {
  /** The measure of the whole. */
  readonly total: number;
  /** ∂total ÷ ∂weight: what a little more of the instrument, paid from cash, would add. */
  readonly marginal: Float64Array;
  /** weight × marginal; these sum to the total (Euler). */
  readonly component: Float64Array;
  /** total − total without the holding, its weight then in cash. */
  readonly incremental: Float64Array;
}

/** A variance below this is the rounding of returns that never change. */
export const leastVariance = 1e-24;

/** Means and covariance of returns of one period. */
export interface ReturnMoments {
  readonly mean: Float64Array;
  /** Shape [instruments × instruments], symmetric, positive semi-definite. */
  readonly covariance: Matrix;
}

/**
 * Parts of the volatility σ = √(wᵀΣw): marginal Σw ÷ σ, component w ∘ Σw ÷ σ.
 *
 * @returns refused where σ is 0, for which there are no parts.
 *
 * **Source:** R. Litterman, Hot spots and hedges, 1996; D. Tasche, Capital allocation to business
 * units and sub-portfolios: the Euler principle, 2007.
 */
export function volatilityParts(weights: Float64Array, covariance: Matrix): Result<RiskParts> {
  const variance = quadraticForm(covariance, weights);
  if (!(variance > leastVariance)) return refuseRiskless();
  const total = Math.sqrt(variance);
  const marginal = timesVector(covariance, weights).map((each) => each / total);
  const incremental = weights.map((weight, i) => {
    // σ² without i = σ² − 2 w (Σw)ᵢ + w² Σᵢᵢ.
    const without =
      variance -
      2 * weight * marginal[i] * total +
      weight * weight * covariance.data[i * (weights.length + 1)];
    return total - Math.sqrt(Math.max(without, 0));
  });
  return ok({ total, marginal, component: timesEach(weights, marginal), incremental });
}

/** Parts of VaR and CVaR of normal returns. */
export interface TailParts {
  readonly valueAtRisk: RiskParts;
  readonly cvar: RiskParts;
}

/**
 * Parts of the normal VaR −μᵀw − z σ and CVaR −μᵀw + σ φ(z) ÷ α, with α = 1 − level, z = Φ⁻¹(α):
 * marginal −μ − z Σw ÷ σ and −μ + (φ(z) ÷ α) Σw ÷ σ.
 *
 * @param weights Shape [instruments]; what is missing to 1 is cash without risk.
 *
 * **Source:** M. Garman, Improving on VaR, 1996; Tasche, 2007.
 */
export function normalParts(
  weights: Float64Array,
  { mean, covariance }: ReturnMoments,
  level: number,
): Result<TailParts> {
  const wrong = whyNoTail(2, level, 1);
  if (wrong) return wrong;
  const volatility = volatilityParts(weights, covariance);
  if (!volatility.ok) return volatility;
  const tail = tailOf(level);
  const z = normalQuantile(tail);
  return ok({
    valueAtRisk: shifted(volatility.value, weights, mean, -z),
    cvar: shifted(volatility.value, weights, mean, normalPdf(z) / tail),
  });
}

/** Parts of −μᵀw + k σ from those of σ. */
function shifted(
  volatility: RiskParts,
  weights: Float64Array,
  mean: Float64Array,
  k: number,
): RiskParts {
  const marginal = volatility.marginal.map((each, i) => k * each - mean[i]);
  return {
    total: k * volatility.total - dot(weights, mean),
    marginal,
    component: timesEach(weights, marginal),
    incremental: volatility.incremental.map((each, i) => k * each - weights[i] * mean[i]),
  };
}

export const timesEach = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((each, i) => each * b[i]);

const refuseRiskless = (): Result<never> =>
  refuse({
    code: 'risk.riskless',
    detail:
      'The portfolio has no volatility at all, so that there is nothing to divide among its holdings.',
  });
