import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';

/**
 * A column that an indicator reads. `value` is any series, the close where the caller names none;
 * `other` a second one, such as the closes of a benchmark; `session` numbers the trading sessions, so
 * that what starts anew each day knows when.
 */
export type IndicatorColumn =
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'volume'
  | 'value'
  | 'other'
  | 'session';

/** The columns asked for by `needs`, all of one length. */
export type IndicatorInput = Readonly<Record<IndicatorColumn, Float64Array>>;

/** One calculation under way; what it must remember from bar to bar is its own. */
export interface IndicatorRun {
  /**
   * Computes the outputs of bars `[from, until)`. Calls go on from each other: `from` is the `until` of
   * the call before, 0 at first. Bars from `until` on may not be known yet and must not be read; bars
   * before `from` may be. Writes every output of every bar, NaN where there is none yet.
   */
  advance(
    input: IndicatorInput,
    from: number,
    until: number,
    outputs: readonly Float64Array[],
  ): void;
}

export type IndicatorGroup =
  | 'average'
  | 'momentum'
  | 'trend'
  | 'volatility'
  | 'volume'
  | 'channel'
  | 'pattern'
  | 'statistic';

/**
 * An indicator. A folder `indicators/<id>/` whose index exports it by default is all that it takes.
 * Over a whole history it is advanced once, live it is advanced a bar at a time: the same code, and
 * the same bits.
 */
export interface Indicator<T extends ParameterTable = ParameterTable> {
  /** `simple-moving-average` has the id `sma`; as its folder. */
  readonly id: string;
  readonly group: IndicatorGroup;
  readonly title: string;
  /** One sentence: what it shows. */
  readonly summary: string;
  /** In plain text, with the names of the parameters. */
  readonly formula: string;
  readonly source: string;
  readonly params: T;
  readonly needs: readonly IndicatorColumn[];
  /** Names of what it gives; the first is the one meant where none is named. */
  readonly outputs: readonly string[];
  /**
   * Bars after which the outputs no longer depend on where the history began, up to rounding: the
   * first bars are used up, and what is smoothed for ever has forgotten its start.
   */
  readonly warmUp: (params: ValuesOf<T>) => number;
  /**
   * What it keeps of its past beyond the warm-up; nothing where left out. `sum`: it adds up from the
   * first bar, so its level is arbitrary and only changes of it mean something, or (`product`) it
   * multiplies, and only ratios do; the warm-up is that of the changes. `path`: a state that only an event ends, such as a stop that is hit, so the warm-up
   * is usual and not certain.
   */
  readonly keeps?: 'sum' | 'product' | 'path';
  readonly start: (params: ValuesOf<T>) => IndicatorRun;
}

/** Keeps the literal types of the parameters while the indicator is written, and forgets them after. */
export function defineIndicator<const T extends ParameterTable>(
  indicator: Indicator<T>,
): Indicator {
  // Values reach `start` only through the check against this very table.
  return indicator as unknown as Indicator;
}
