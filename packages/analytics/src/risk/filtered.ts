import { ok, type Result, refuse, seededRandom } from '@plimsoll/kernel';
import { ewmaVariance, fitGarch, type GarchModel } from '@plimsoll/quant/time-series';
import { historicalTail } from './historical.ts';
import { normalTail } from './parametric.ts';
import { type TailRisk, whyNoTail } from './tail-risk.ts';

/** What a model of moving volatility makes of returns. */
export interface VolatilityFilter {
  /** Returns in units of the volatility that was forecast for their day, oldest first. */
  readonly shocks: Float64Array;
  /** μ of the model: what a day's return is before its shock. */
  readonly mean: number;
  /** The forecast of the next day, > 0. */
  readonly nextVolatility: number;
  /** The variance after a day of this variance and this shock, for paths of several days. */
  following(variance: number, shock: number): number;
}

/**
 * Volatility by exponentially weighted squares around 0: σ²_{t+1} = λ σ²_t + (1 − λ) r²_t.
 *
 * @param decay λ; 0.94 if not given.
 * @param start `mean-square` of all returns (if not given), or `first-square`, which leaves the
 *   first return without a forecast and so out of the shocks.
 *
 * **Source:** J. P. Morgan and Reuters, RiskMetrics — Technical Document, 1996.
 */
export function ewmaFilter(
  returns: Float64Array,
  {
    decay = 0.94,
    start = 'mean-square',
  }: {
    readonly decay?: number;
    readonly start?: 'mean-square' | 'first-square';
  } = {},
): Result<VolatilityFilter> {
  if (!(decay > 0 && decay < 1)) {
    return refuse({
      code: 'risk.decay',
      detail: `The decay ${decay} must be above 0 and below 1, such as 0.94.`,
    });
  }
  const wrong = whyNoTail(returns.length, 0.5, 2);
  if (wrong) return wrong;
  const variances = ewmaVariance(returns, { decay, start });
  const next = variances[returns.length];
  if (!(next > 0)) return refuseStill();
  const from = start === 'first-square' ? 1 : 0;
  const shocks: number[] = [];
  for (let t = from; t < returns.length; t++) {
    if (variances[t] > 0) shocks.push(returns[t] / Math.sqrt(variances[t]));
  }
  return ok({
    shocks: Float64Array.from(shocks),
    mean: 0,
    nextVolatility: Math.sqrt(next),
    following: (variance, shock) => variance * (decay + (1 - decay) * shock * shock),
  });
}

/**
 * Volatility by a GARCH(1,1) model fitted to the returns; `asymmetric` lets falls weigh more.
 *
 * **Source:** T. Bollerslev, Generalized autoregressive conditional heteroskedasticity, 1986.
 */
export function garchVolatilityFilter(
  returns: Float64Array,
  model: GarchModel = {},
): Result<VolatilityFilter> {
  const fit = fitGarch(returns, model);
  if (fit.why !== undefined) {
    return refuse({
      code: 'risk.no-garch',
      detail: `No GARCH model could be fitted: ${fit.why}; use the EWMA filter.`,
    });
  }
  const { mean, omega, alpha, gamma, beta } = fit.parameters;
  return ok({
    shocks: fit.standardised,
    mean,
    nextVolatility: Math.sqrt(fit.next),
    following: (variance, shock) =>
      omega + variance * (beta + (shock < 0 ? alpha + gamma : alpha) * shock * shock),
  });
}

/**
 * Filtered historical simulation of the next day: past shocks at tomorrow's volatility,
 * VaR = −(μ + σ_next · q(1 − level of the shocks)).
 *
 * **Source:** J. Hull, A. White, Incorporating volatility updating into the historical simulation
 * method, 1998; G. Barone-Adesi, K. Giannopoulos, L. Vosper, VaR without correlations, 1999.
 */
export function filteredTail(filter: VolatilityFilter, level: number): Result<TailRisk> {
  const { shocks, mean, nextVolatility } = filter;
  return historicalTail(
    shocks.map((shock) => mean + nextVolatility * shock),
    level,
  );
}

/** Normal returns at tomorrow's volatility: the RiskMetrics VaR. */
export const conditionalNormalTail = (
  { mean, nextVolatility }: VolatilityFilter,
  level: number,
): TailRisk => normalTail({ mean, volatility: nextVolatility }, level);

/**
 * Compounded returns of paths of several days: each day draws one of the past shocks, and its
 * volatility follows from the shocks before it.
 *
 * @param days From 1 on.
 * @returns shape [paths]; the same seed gives the same bits. Cost paths × days.
 */
export function filteredPaths(
  { shocks, mean, nextVolatility, following }: VolatilityFilter,
  { days, paths, seed }: { readonly days: number; readonly paths: number; readonly seed: number },
): Float64Array {
  const random = seededRandom(seed);
  const outcome = new Float64Array(paths);
  for (let path = 0; path < paths; path++) {
    let variance = nextVolatility * nextVolatility;
    let growth = 1;
    for (let day = 0; day < days; day++) {
      const shock = shocks[random.integer(shocks.length)];
      // A draw below −1 would be a loss of more than everything.
      growth *= Math.max(0, 1 + mean + Math.sqrt(variance) * shock);
      variance = following(variance, shock);
    }
    outcome[path] = growth - 1;
  }
  return outcome;
}

const refuseStill = (): Result<never> =>
  refuse({
    code: 'risk.no-spread',
    detail: 'The returns are all zero: there is no volatility to filter by.',
  });
