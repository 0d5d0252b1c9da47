import { ok, type Result } from '@plimsoll/kernel';
import {
  normalPdf,
  normalQuantile,
  studentTPdf,
  studentTQuantile,
} from '@plimsoll/quant/distributions';
import { mean, standardDeviation } from '@plimsoll/quant/statistics';
import type { StudentTFit } from './student-t-fit.ts';
import { type TailRisk, tailOf, whyNoTail } from './tail-risk.ts';

/** Mean and standard deviation of returns of one period. */
export interface Moments {
  readonly mean: number;
  /** ≥ 0. */
  readonly volatility: number;
}

/**
 * VaR and CVaR of normal returns, α = 1 − level, z = Φ⁻¹(α):
 *
 *   VaR = −(μ + σ z)      CVaR = −μ + σ φ(z) ÷ α
 *
 * **Source:** A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015, §2.3.
 */
export function normalTail({ mean: mu, volatility }: Moments, level: number): TailRisk {
  const tail = tailOf(level);
  const z = normalQuantile(tail);
  return {
    valueAtRisk: -(mu + volatility * z),
    cvar: -mu + (volatility * normalPdf(z)) / tail,
  };
}

/** `normalTail` at the sample mean and the sample standard deviation with that ddof (1 if not given). */
export function normalTailOf(returns: Float64Array, level: number, ddof = 1): Result<TailRisk> {
  const wrong = whyNoTail(returns.length, level, ddof + 1);
  if (wrong) return wrong;
  return ok(
    normalTail({ mean: mean(returns), volatility: standardDeviation(returns, ddof) }, level),
  );
}

/**
 * VaR and CVaR of location–scale Student-t returns, α = 1 − level, q = t_ν⁻¹(α):
 *
 *   VaR = −(m + s q)      CVaR = −m + s · f_ν(q) ÷ α · (ν + q²) ÷ (ν − 1)
 *
 * @param fit With degrees of freedom above 1: below, the tail has no mean.
 *
 * **Source:** McNeil, Frey, Embrechts, Quantitative Risk Management, 2015, §2.3.
 */
export function studentTTail(
  { degreesOfFreedom: dof, location, scale }: StudentTFit,
  level: number,
): TailRisk {
  const tail = tailOf(level);
  const q = studentTQuantile(tail, dof);
  return {
    valueAtRisk: -(location + scale * q),
    cvar: -location + ((scale * studentTPdf(q, dof)) / tail) * ((dof + q * q) / (dof - 1)),
  };
}
