import type { Day, Result } from '@plimsoll/kernel';
import type { BacktestMarket } from '../backtest/market.ts';
import type { BacktestResult } from '../backtest/result.ts';
import type { BacktestSettings } from '../backtest/settings.ts';
import type { TryTerms } from './try-key.ts';

/** Which strategy: one that comes with the product, or a file of the user's own folder. */
export type StrategyRef =
  | { readonly kind: 'built-in'; readonly id: string }
  /** `sha256` (hex) is of the file as it was when the run was asked for. */
  | { readonly kind: 'own'; readonly file: string; readonly sha256: string };

/** Levels to hold the equity against, known at these times. */
export interface BenchmarkColumn {
  readonly name: string;
  /** Milliseconds, strictly rising. */
  readonly at: Float64Array;
  readonly level: Float64Array;
}

/** Parameter sets that were tried, as columns. */
export interface Tried {
  /** Sharpe ratio of each a period, not annualised; NaN where there is none. */
  readonly sharpe: Float64Array;
}

/** What was tried before on the same strategy and the same data, by other runs. */
export interface TriedBefore extends Tried {
  /** Of each set as `tryKey` gives it; where they are absent none is known again. */
  readonly keys?: BigUint64Array;
  /** What goes into these keys. */
  readonly terms?: TryTerms;
  /** How many runs tried them, each of which has shown all of the data. */
  readonly runs?: number;
}

interface Asked {
  /** What the user calls the run; the title of the strategy where absent. */
  readonly title?: string;
  /**
   * Nobody looked at data from this day on while the strategy was made; not known where absent. Nothing
   * is chosen by them.
   */
  readonly unseenFrom?: Day;
  readonly strategy: StrategyRef;
  readonly params: Readonly<Record<string, unknown>>;
  readonly settings: BacktestSettings;
  readonly market: BacktestMarket;
  /** First moment at which the strategy may trade, milliseconds; bars before it are for warming up. */
  readonly tradeFrom: number;
  readonly benchmark: BenchmarkColumn | null;
  /** Other parameter sets tried before on this strategy and these data, so that luck can be told from skill. */
  readonly triedBefore: TriedBefore;
}

/**
 * The work of a run, whole: whoever carries it out needs nothing else. Plain data and typed arrays, so
 * that it can be handed to another thread or process.
 */
export type RunTask =
  | (Asked & { readonly kind: 'backtest' })
  /** `search` is read by `readSweep`: the parameters, how they are searched and what is striven for. */
  | (Asked & { readonly kind: 'sweep'; readonly search: unknown })
  /** `windows` is read against `walkForwardParameters`; in each the same search is made. */
  | (Asked & { readonly kind: 'walk-forward'; readonly search: unknown; readonly windows: unknown })
  | (Asked & { readonly kind: 'training'; readonly training: unknown });

/** What a run gives. `report` is plain JSON-able data, a `RunReport` where the run is no training. */
export interface RunOutcome {
  readonly result: BacktestResult | null;
  readonly report: unknown;
  /** Every parameter set that was tried, where there were several: whole, beside its Sharpe ratio. */
  readonly tried?: Tried & { readonly params: readonly Readonly<Record<string, unknown>>[] };
}

export interface RunProgress {
  readonly done: number;
  readonly of: number;
  /** What is being done, in a few words. */
  readonly doing: string;
}

/** Carries a task out somewhere away from whoever waits. A stop is a refusal `run.stopped`. */
export type ComputeRun = (
  task: RunTask,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: RunProgress) => void;
  },
) => Promise<Result<RunOutcome>>;
