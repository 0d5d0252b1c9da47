import { ok, type Result, refuse } from '@plimsoll/kernel';
import {
  christoffersen,
  conditionalCoverage,
  type IndependenceTest,
  kupiec,
  type LikelihoodRatio,
  type TrafficLight,
  timeUntilFirstFailure,
  trafficLight,
} from './backtest.ts';
import type { MethodOptions, RiskMethod } from './risk-method.ts';
import { acerbiSzekely, type ShortfallTest } from './shortfall-backtest.ts';
import { tailOf } from './tail-risk.ts';

/** Forecasts made day by day from the days before. All shapes [days]. */
export interface RollingForecasts {
  /** Place of the first forecast day among the returns. */
  readonly from: number;
  readonly returns: Float64Array;
  readonly valueAtRisk: Float64Array;
  readonly cvar: Float64Array;
}

export interface RollingOptions {
  /** Returns that each forecast is made from; 250 if not given. */
  readonly window?: number;
  /** Days between new estimates, the last one standing meanwhile (a fitted volatility still moves); 1 if not given. */
  readonly every?: number;
  readonly method?: MethodOptions;
}

/**
 * VaR and CVaR of each day by one method from the `window` returns before it.
 *
 * @param returns Oldest first, shape [n].
 * @returns refused where there is no day to forecast, or the method refuses a window.
 */
export function rollingForecasts(
  returns: Float64Array,
  method: RiskMethod,
  level: number,
  { window = 250, every = 1, method: options = {} }: RollingOptions = {},
): Result<RollingForecasts> {
  const days = returns.length - window;
  if (days < 1) {
    return refuse({
      code: 'risk.too-few',
      detail: `${returns.length} returns leave no day to forecast after a window of ${window}; give more history or a shorter window.`,
    });
  }
  if (method.rolling) {
    const found = method.rolling(returns, level, { window, every, method: options });
    return found.ok ? ok({ from: window, returns: returns.slice(window), ...found.value }) : found;
  }
  const valueAtRisk = new Float64Array(days);
  const cvar = new Float64Array(days);
  for (let day = 0; day < days; day++) {
    if (day % every !== 0) {
      valueAtRisk[day] = valueAtRisk[day - 1];
      cvar[day] = cvar[day - 1];
      continue;
    }
    const [found] = method.estimate(returns.subarray(day, day + window), [level], options);
    if (!found.ok) {
      return refuse({
        code: found.fault.code,
        detail: `Return ${day + window + 1} has no forecast: ${found.fault.detail}`,
      });
    }
    valueAtRisk[day] = found.value.valueAtRisk;
    cvar[day] = found.value.cvar;
  }
  return ok({ from: window, returns: returns.slice(window), valueAtRisk, cvar });
}

/** All tests of one row of forecasts. */
export interface BacktestResult {
  readonly days: number;
  readonly exceptions: number;
  /** 1 on days with a loss larger than VaR, shape [days]. */
  readonly hits: Uint8Array;
  /** The day of the first exception, from 1; null without any. */
  readonly firstException: number | null;
  readonly coverage: LikelihoodRatio;
  readonly independence: IndependenceTest;
  readonly conditional: LikelihoodRatio;
  readonly untilFirst: LikelihoodRatio | null;
  readonly light: TrafficLight;
  /** Null where some CVaR forecast is not positive. */
  readonly shortfall: ShortfallTest | null;
}

/** Holds forecasts against what happened. An exception is r_t < −VaR_t. */
export function backtest(
  forecasts: Omit<RollingForecasts, 'from'>,
  level: number,
): Result<BacktestResult> {
  const { returns, valueAtRisk } = forecasts;
  const tail = tailOf(level);
  const hits = Uint8Array.from(returns, (each, t) => (each < -valueAtRisk[t] ? 1 : 0));
  const exceptions = hits.reduce((sum, each) => sum + each, 0);
  const first = hits.indexOf(1);
  const coverage = kupiec(exceptions, hits.length, tail);
  if (!coverage.ok) return coverage;
  const independence = christoffersen(hits);
  if (!independence.ok) return independence;
  const light = trafficLight(exceptions, hits.length, tail);
  if (!light.ok) return light;
  const untilFirst = first < 0 ? null : timeUntilFirstFailure(first + 1, tail);
  const shortfall = acerbiSzekely(returns, forecasts, tail);
  return ok({
    days: hits.length,
    exceptions,
    hits,
    firstException: first < 0 ? null : first + 1,
    coverage: coverage.value,
    independence: independence.value,
    conditional: conditionalCoverage(coverage.value, independence.value),
    untilFirst: untilFirst?.ok ? untilFirst.value : null,
    light: light.value,
    shortfall: shortfall.ok ? shortfall.value : null,
  });
}
