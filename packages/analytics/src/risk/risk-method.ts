import type { Result } from '@plimsoll/kernel';
import type { ModifiedCvar } from './cornish-fisher.ts';
import type { HistoricalOptions } from './historical.ts';
import type { TailRisk } from './tail-risk.ts';

/** The choices that methods leave open. */
export interface MethodOptions extends HistoricalOptions {
  /** λ of the age-weighted method; 0.98 if not given. */
  readonly ageDecay?: number;
  /** λ of the EWMA filter; 0.94 if not given. */
  readonly decay?: number;
  /** Whether falls weigh more in the GARCH model (that of Glosten, Jagannathan and Runkle); no if not given. */
  readonly asymmetric?: boolean;
  /** The threshold of the extreme-value method, a quantile of the losses; 0.95 if not given. */
  readonly threshold?: number;
  /** How the tail beyond it is fitted; by likelihood if not given. */
  readonly tailFit?: 'likelihood' | 'moments';
  /** How CVaR follows from the Cornish–Fisher expansion; `quantile` if not given. */
  readonly modifiedCvar?: ModifiedCvar;
  /** Paths of several days that filtered methods draw, 20,000 if not given, and their seed, 1. */
  readonly paths?: number;
  readonly seed?: number;
}

/** One way from past returns to the VaR and CVaR of the next one. */
export interface RiskMethod {
  readonly id: RiskMethodId;
  readonly title: string;
  /** Of VaR, in plain Unicode. */
  readonly formula: string;
  readonly source: string;
  /**
   * @param returns Oldest first, shape [n], finite.
   * @returns for each level, or why the method does not fit these returns.
   */
  estimate(
    returns: Float64Array,
    levels: readonly number[],
    options: MethodOptions,
  ): readonly Result<TailRisk>[];
  /** The same over several periods by paths of them, where the method knows how volatility moves. */
  readonly overPeriods?: (
    returns: Float64Array,
    levels: readonly number[],
    periods: number,
    options: MethodOptions,
  ) => readonly Result<TailRisk>[];
  /** Forecasts day by day, where a method has a better way than estimating each window alone. */
  readonly rolling?: RollingMethod;
}

/**
 * VaR and CVaR of each day after the first window, from the `window` returns before it.
 *
 * @param returns Oldest first, shape [n], n > window.
 */
export type RollingMethod = (
  returns: Float64Array,
  level: number,
  options: {
    readonly window: number;
    /** Days between new estimates of what is fitted. */
    readonly every: number;
    readonly method: MethodOptions;
  },
) => Result<DailyForecasts>;

/** Shapes [days]. */
export interface DailyForecasts {
  readonly valueAtRisk: Float64Array;
  readonly cvar: Float64Array;
}

export type RiskMethodId =
  | 'historical'
  | 'age-weighted'
  | 'ewma-filtered'
  | 'garch-filtered'
  | 'normal'
  | 'ewma-normal'
  | 'student-t'
  | 'student-t-moments'
  | 'cornish-fisher'
  | 'extreme-values';
