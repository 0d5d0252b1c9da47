import { normalCdf, normalQuantile } from '@plimsoll/quant/distributions';

/** What the chance of a Sharpe ratio depends on; everything per period, not a year. */
export interface SharpeEstimate {
  /** Mean ÷ standard deviation per period. */
  readonly sharpe: number;
  /** Observations. */
  readonly n: number;
  /** Population skewness, 0 for a normal distribution. */
  readonly skewness: number;
  /** Population kurtosis, not in excess: 3 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Standard error of a Sharpe ratio of returns that need not be normal:
 * √((1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²) ÷ (n − 1)).
 *
 * @returns per period; NaN where n < 2 or no distribution has such moments.
 *
 * **Source:** E. Mertens, Comments on variance of the IID estimator in Lo (2002), 2002;
 * D. Bailey, M. López de Prado, The Sharpe ratio efficient frontier, 2012, eq. 8 (n − 1 for n).
 */
export function sharpeStandardError({ sharpe, n, skewness, kurtosis }: SharpeEstimate): number {
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return n < 2 || spread < 0 ? Number.NaN : Math.sqrt(spread / (n - 1));
}

/**
 * Chance that the true Sharpe ratio is above a given one: Φ((SR − SR*) ÷ standard error).
 *
 * @param against SR*, per period.
 * @returns a share from 0 to 1; NaN where there is no standard error.
 *
 * **Source:** D. Bailey, M. López de Prado, The Sharpe ratio efficient frontier, 2012, eq. 11.
 */
export const probabilisticSharpe = (estimate: SharpeEstimate, against = 0): number =>
  normalCdf((estimate.sharpe - against) / sharpeStandardError(estimate));

/**
 * Observations that it takes for the Sharpe ratio to be above SR* with a given confidence:
 * 1 + (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²) (z ÷ (SR − SR*))².
 *
 * @param against SR*, per period.
 * @param confidence A share from 0.5 to 1.
 * @returns periods, not rounded; NaN where the ratio is not above SR*.
 *
 * **Source:** D. Bailey, M. López de Prado, The Sharpe ratio efficient frontier, 2012, eq. 13.
 */
export function minimumTrackRecord(
  { sharpe, skewness, kurtosis }: SharpeEstimate,
  against = 0,
  confidence = 0.95,
): number {
  if (!(sharpe > against)) return Number.NaN;
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return spread < 0
    ? Number.NaN
    : 1 + spread * (normalQuantile(confidence) / (sharpe - against)) ** 2;
}

const eulerMascheroni = 0.577_215_664_901_532_9;

/**
 * The Sharpe ratio that the best of N trials without skill is expected to have:
 * √V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), γ = 0.5772… .
 *
 * @param trials N ≥ 1, independent trials.
 * @param variance V, of the trials' Sharpe ratios, per period.
 * @returns per period; 0 for one trial.
 *
 * **Source:** D. Bailey, M. López de Prado, The deflated Sharpe ratio, 2014, eq. 1.
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (trials <= 1) return 0;
  return (
    Math.sqrt(variance) *
    ((1 - eulerMascheroni) * normalQuantile(1 - 1 / trials) +
      eulerMascheroni * normalQuantile(1 - 1 / (trials * Math.E)))
  );
}

/**
 * Chance that the true Sharpe ratio is above what the best of N trials has by luck.
 *
 * @param trials N ≥ 1, independent trials.
 * @param variance Of the trials' Sharpe ratios, per period.
 * @returns a share from 0 to 1.
 *
 * **Source:** D. Bailey, M. López de Prado, The deflated Sharpe ratio, 2014, eq. 2.
 */
export const deflatedSharpe = (
  estimate: SharpeEstimate,
  trials: number,
  variance: number,
): number => probabilisticSharpe(estimate, expectedMaximumSharpe(trials, variance));

/**
 * Factor that takes a Sharpe ratio per period to q periods when returns are autocorrelated:
 * q ÷ √(q + 2 Σ (q − k) ρₖ), k from 1 to the lags given; √q without autocorrelation.
 *
 * @param autocorrelations ρ₁ …, shape [lags].
 * @param q Periods, such as 252.
 * @returns NaN where the sum under the root is not positive.
 *
 * **Source:** A. W. Lo, The statistics of Sharpe ratios, 2002, eq. 20.
 */
export function autocorrelatedSharpeScale(autocorrelations: Float64Array, q: number): number {
  let total = q;
  for (let k = 1; k <= autocorrelations.length && k < q; k++) {
    total += 2 * (q - k) * autocorrelations[k - 1];
  }
  return total > 0 ? q / Math.sqrt(total) : Number.NaN;
}
