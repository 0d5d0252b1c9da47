import { ok, type Result, refuse } from '@plimsoll/kernel';
import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { kurtosis, mean, skewness, standardDeviation } from '@plimsoll/quant/statistics';
import { type TailRisk, tailOf, whyNoTail } from './tail-risk.ts';

/** The four moments that the expansion takes. */
export interface FourMoments {
  readonly mean: number;
  readonly volatility: number;
  /** Population skewness m₃ ÷ m₂^1.5. */
  readonly skewness: number;
  /** Population kurtosis less 3. */
  readonly excessKurtosis: number;
}

export interface CornishFisherTail extends TailRisk {
  /** The adjusted normal quantile z_cf. */
  readonly quantile: number;
  /**
   * Whether the expansion is a quantile function at all, that is ascending everywhere, for this
   * skewness and kurtosis. Where it is not, VaR may fall as the level rises.
   */
  readonly valid: boolean;
}

/** How CVaR follows from the expansion; see `cornishFisherTail`. */
export type ModifiedCvar = 'quantile' | 'edgeworth';

/**
 * Modified VaR: the normal quantile corrected for skewness S and excess kurtosis K,
 *
 *   z_cf = z + (z² − 1) S/6 + (z³ − 3z) K/24 − (2z³ − 5z) S²/36      VaR = −(μ + σ z_cf)
 *
 * CVaR by `quantile` is the mean of that very quantile over the tail,
 * −μ + σ φ(z)/α · [1 + z S/6 + (z² − 1) K/24 − (2z² − 1) S²/36], and so never less than VaR where
 * the expansion is valid. `edgeworth` is that of Boudt, Peterson and Croux as PerformanceAnalytics
 * computes it; far out it can be less than VaR, which is a known error of it.
 *
 * Valid where S²/9 ≤ 4 (K/8 − S²/6)(1 − K/8 + 5 S²/36).
 *
 * **Source:** E. Cornish, R. Fisher, 1937; D. Maillard, A user's guide to the Cornish–Fisher
 * expansion, 2012; K. Boudt, B. Peterson, C. Croux, Estimation and decomposition of downside risk
 * for portfolios with non-normal returns, 2008.
 */
export function cornishFisherTail(
  { mean: mu, volatility, skewness: s, excessKurtosis: k }: FourMoments,
  level: number,
  cvar: ModifiedCvar = 'quantile',
): CornishFisherTail {
  const tail = tailOf(level);
  const z = normalQuantile(tail);
  const quantile =
    z + ((z * z - 1) * s) / 6 + ((z ** 3 - 3 * z) * k) / 24 - ((2 * z ** 3 - 5 * z) * s * s) / 36;
  const factor =
    cvar === 'quantile'
      ? normalPdf(z) * (1 + (z * s) / 6 + ((z * z - 1) * k) / 24 - ((2 * z * z - 1) * s * s) / 36)
      : edgeworth(quantile, s, k);
  return {
    quantile,
    valueAtRisk: -(mu + volatility * quantile),
    cvar: -mu + (volatility * factor) / tail,
    valid: (s * s) / 9 <= 4 * (k / 8 - (s * s) / 6) * (1 - k / 8 + (5 * s * s) / 36) + 1e-15,
  };
}

/**
 * `cornishFisherTail` at the moments of a sample.
 *
 * @param ddof Of the standard deviation: 1 if not given; PerformanceAnalytics takes 0.
 */
export function cornishFisherTailOf(
  returns: Float64Array,
  level: number,
  options: { readonly ddof?: number; readonly cvar?: ModifiedCvar } = {},
): Result<CornishFisherTail> {
  const wrong = whyNoTail(returns.length, level, 4);
  if (wrong) return wrong;
  const moments: FourMoments = {
    mean: mean(returns),
    volatility: standardDeviation(returns, options.ddof ?? 1),
    skewness: skewness(returns, 'population'),
    excessKurtosis: kurtosis(returns, 'population'),
  };
  if (!Number.isFinite(moments.skewness) || !Number.isFinite(moments.excessKurtosis)) {
    return refuse({
      code: 'risk.no-spread',
      detail: 'The returns are all equal: they have no skewness; use the historical method.',
    });
  }
  return ok(cornishFisherTail(moments, level, options.cvar));
}

/** α times the expected shortfall of a standardised second-order Edgeworth density below h. */
function edgeworth(h: number, s: number, k: number): number {
  const phi = normalPdf(h);
  // Incomplete normal moments, without their Φ terms, which cancel in the odd combination.
  const i2 = (h * h + 2) * phi;
  const i4 = (h ** 4 + 4 * h * h + 8) * phi;
  const i6 = (h ** 6 + 6 * h ** 4 + 24 * h * h + 48) * phi;
  return (
    phi +
    (k / 24) * (i4 - 6 * i2 + 3 * phi) +
    (s / 6) * (h ** 3 * phi) +
    ((s * s) / 72) * (i6 - 15 * i4 + 45 * i2 - 15 * phi)
  );
}
