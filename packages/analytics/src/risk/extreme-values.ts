import { ok, type Result, refuse } from '@plimsoll/kernel';
import { quantileSorted } from '@plimsoll/quant/statistics';
import { fitGeneralisedPareto, type ParetoFit, paretoByMoments } from './generalised-pareto.ts';
import { type TailRisk, tailOf, whyNoTail } from './tail-risk.ts';

/** A tail model: losses beyond a threshold follow a generalised Pareto distribution. */
export interface PeaksOverThreshold extends ParetoFit {
  /** u, a loss (positive share). */
  readonly threshold: number;
  /** Losses beyond it. */
  readonly exceedances: number;
  /** All observations. */
  readonly n: number;
}

export interface ThresholdOptions {
  /** The threshold as a quantile (type 7) of the losses; 0.95 if not given. */
  readonly quantile?: number;
  /** Maximum likelihood (if not given), or probability-weighted moments, which small samples need. */
  readonly method?: 'likelihood' | 'moments';
}

const fewestExceedances = 10;

/**
 * Fits the tail of the losses −r beyond a threshold.
 *
 * @param returns Shape [n], finite, in any order.
 * @returns refused with fewer than 10 losses beyond the threshold.
 *
 * **Source:** A. Balkema, L. de Haan, 1974; J. Pickands, 1975; A. McNeil, R. Frey, Estimation of
 * tail-related risk measures for heteroscedastic financial time series, 2000.
 */
export function peaksOverThreshold(
  returns: Float64Array,
  { quantile = 0.95, method = 'likelihood' }: ThresholdOptions = {},
): Result<PeaksOverThreshold> {
  const wrong = whyNoTail(returns.length, quantile, 1);
  if (wrong) return wrong;
  const losses = returns.map((each) => -each).sort();
  const threshold = quantileSorted(losses, quantile);
  const beyond = losses.filter((loss) => loss > threshold).map((loss) => loss - threshold);
  if (beyond.length < fewestExceedances) {
    return refuse({
      code: 'risk.too-few-exceedances',
      detail: `${beyond.length} of ${losses.length} losses lie beyond the threshold of ${threshold.toPrecision(4)}, and a tail needs ${fewestExceedances}; give more history or a lower threshold.`,
    });
  }
  const fit = method === 'moments' ? paretoByMoments(beyond) : fitGeneralisedPareto(beyond);
  if (!fit.ok) return fit;
  return ok({ ...fit.value, threshold, exceedances: beyond.length, n: losses.length });
}

/**
 * VaR and CVaR of the fitted tail, α = 1 − level ≤ N_u ÷ n:
 *
 *   VaR = u + β/ξ [(n α ÷ N_u)^−ξ − 1]      CVaR = (VaR + β − ξ u) ÷ (1 − ξ)
 *
 * @returns refused where α lies inside the threshold (nothing is fitted there), or ξ ≥ 1 (a tail
 *   without a mean).
 *
 * **Source:** McNeil, Frey, Embrechts, Quantitative Risk Management, 2015, §5.2.
 */
export function thresholdTail(fit: PeaksOverThreshold, level: number): Result<TailRisk> {
  const wrong = whyNoTail(fit.n, level, 1);
  if (wrong) return wrong;
  const { threshold, shape, scale, exceedances, n } = fit;
  const ratio = (n * tailOf(level)) / exceedances;
  if (ratio > 1 + 1e-12) {
    return refuse({
      code: 'risk.inside-threshold',
      detail: `The level ${level} lies below the threshold: only ${exceedances} of ${n} losses are beyond it; give a higher level or a lower threshold.`,
    });
  }
  if (shape >= 1) {
    return refuse({
      code: 'risk.no-mean',
      detail: `The fitted tail has the shape ${shape.toPrecision(3)}: at 1 or more it has no mean and no CVaR; use the historical method or another threshold.`,
    });
  }
  const excess =
    Math.abs(shape) < 1e-9 ? -Math.log(ratio) : Math.expm1(-shape * Math.log(ratio)) / shape;
  const valueAtRisk = threshold + scale * excess;
  return ok({ valueAtRisk, cvar: (valueAtRisk + scale - shape * threshold) / (1 - shape) });
}

/**
 * Hill's estimate of the tail index a of the losses, P(L > x) ~ x^−a, from the k largest:
 *
 *   a = k ÷ Σ_{i ≤ k} ln(L₍ᵢ₎ ÷ L₍ₖ₊₁₎)
 *
 * @param k From 2 on; the (k + 1)th largest loss must be positive.
 * @returns null where it is not, or all are equal.
 *
 * **Source:** B. Hill, A simple general approach to inference about the tail of a distribution, 1975.
 */
export function hillTailIndex(returns: Float64Array, k: number): number | null {
  if (k < 2 || k >= returns.length) return null;
  const sorted = returns.toSorted();
  const base = -sorted[k];
  if (!(base > 0)) return null;
  let logs = 0;
  for (let i = 0; i < k; i++) logs += Math.log(-sorted[i] / base);
  return logs > 0 ? k / logs : null;
}
