import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import type { FillView, StrategyContext } from './strategy-context.ts';

export type StrategyGroup =
  | 'trend'
  | 'momentum'
  | 'mean-reversion'
  | 'breakout'
  | 'allocation'
  | 'seasonal'
  | 'options'
  | 'learned'
  | 'own';

/** What the fast path gives to a strategy that can be written as columns. */
export interface VectorInput {
  /** The first bar after which anything may be decided; those before it are for indicators alone. */
  readonly from: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Outputs of an indicator over all bars; kept and shared between parameter sets. */
  indicator(id: string, params?: Readonly<Record<string, unknown>>, output?: string): Float64Array;
}

/** A row of an indicator over all bars; the first output where none is named. */
export interface IndicatorRow {
  readonly indicator: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly output?: string;
}

/** Signals that only say which of two rows lies above the other: 1 where it is `fast`. */
export interface Crossing {
  readonly fast: IndicatorRow;
  readonly slow: IndicatorRow;
  /** The signal where `fast` lies below; where the two are equal it stays as it was. */
  readonly below: 0 | -1;
  /**
   * Whether the first signal comes with the first crossing, or as soon as there are two numbers. Sides
   * taken before the first bar that counts are not remembered.
   */
  readonly starts: 'crossed' | 'known';
}

/**
 * A strategy. A folder `strategies/<id>/` whose index exports it by default, or a file in the user's
 * own folder that does, is all that it takes. It runs unchanged in backtests, on paper and live.
 *
 * `onStart` is called once before the first bar and returns what the strategy remembers; then, each
 * time that bars become known, `onFill` for each fill of these bars, `onBar`, and `onDayClose` where a
 * session has closed. Whatever is thrown ends the run, which says where.
 */
export interface Strategy<T extends ParameterTable = ParameterTable, State = unknown> {
  readonly id: string;
  readonly group: StrategyGroup;
  readonly title: string;
  /** One or two sentences: when it buys and sells, and why that might work. */
  readonly summary: string;
  /** Author, title, year, where it is somebody’s. */
  readonly source?: string;
  readonly params: T;
  /** Instruments it can be given; any number where it is left out. */
  readonly instruments?: { readonly min: number; readonly max?: number };
  /** What is wrong with parameters that are each right by themselves; null where nothing is. */
  readonly check?: (params: ValuesOf<T>) => string | null;
  /** Bars that pass before the first call of `onBar`; indicators have them. */
  readonly warmUp?: (params: ValuesOf<T>) => number;
  readonly onStart: (context: StrategyContext<ValuesOf<T>>) => State;
  readonly onBar?: (context: StrategyContext<ValuesOf<T>>, state: State) => void;
  readonly onFill?: (context: StrategyContext<ValuesOf<T>>, state: State, fill: FillView) => void;
  readonly onDayClose?: (context: StrategyContext<ValuesOf<T>>, state: State) => void;
  /**
   * The same strategy of one instrument as a column: the signal after each bar's close (1 long, 0
   * flat, −1 short, NaN to stay as it is). Held against `onBar` by tests; makes sweeps fast.
   */
  readonly signals?: (input: VectorInput, params: ValuesOf<T>) => Float64Array;
  /** Where `signals` are nothing but a crossing, which: sweeps then take a shorter way. */
  readonly crossing?: (params: ValuesOf<T>) => Crossing;
}

/** Keeps the types of parameters and state while the strategy is written, and forgets them after. */
export function defineStrategy<const T extends ParameterTable, State>(
  strategy: Strategy<T, State>,
): Strategy {
  // Values reach the strategy only through the check against its table, its state only from `onStart`.
  return strategy as unknown as Strategy;
}
