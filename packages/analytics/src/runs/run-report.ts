import type { Day, Json } from '@plimsoll/kernel';
import type { Trade } from '../backtest/result.ts';
import type { BacktestReport } from '../backtest-report/backtest-report.ts';
import type { Trust } from '../backtest-report/trust.ts';
import type { HeatMap } from '../search/heat-map.ts';
import type { LuckReport } from '../search/luck-report.ts';
import type { OverfittingReport } from '../search/overfitting-report.ts';
import type { Sensitivity } from '../search/sensitivity.ts';
import type { WalkForwardReport } from '../search/walk-forward-report.ts';
import type { LookAheadProbe } from './look-ahead-probe.ts';

/** A parameter set with what it came to. */
export interface TriedSet {
  readonly params: Readonly<Record<string, Json>>;
  /** The objective, higher is better; null with the reason. */
  readonly value: number | null;
  readonly why: string | null;
  /** A year; null where there is none. */
  readonly sharpe: number | null;
}

/** What a search of parameters found. */
export interface SweepReport {
  readonly objective: string;
  readonly method: string;
  /** The day before which parameters were chosen; null where it was by all days. */
  readonly chosenBefore: Day | null;
  readonly trials: number;
  /** Sets that the strategy's own check refused; they were not tried. */
  readonly refused: number;
  readonly undefinedTrials: number;
  /** Points of the whole space; null where they cannot be counted. */
  readonly size: number | null;
  readonly stopped: string;
  readonly best: TriedSet;
  /** The best of all, best first. */
  readonly leaders: readonly TriedSet[];
  /** Over the first two parameters that were searched; null where it was one. */
  readonly heatMap: HeatMap | null;
  readonly sensitivity: readonly Sensitivity[];
  readonly overfitting: OverfittingReport | null;
  readonly luck: LuckReport | null;
  readonly notes: readonly string[];
}

/** A walk-forward with its out-of-sample equity, day by day. */
export interface WalkForwardPart extends WalkForwardReport {
  readonly days: readonly Day[];
  /** Of 1 at the start, shape [days]. */
  readonly growth: readonly number[];
  /** Of the out-of-sample parts, in their order. */
  readonly trades: readonly Trade[];
  readonly trust: Trust;
}

/** What came of a run as data; what a kind of run does not have is null. */
export interface RunReport {
  readonly kind: 'backtest' | 'sweep' | 'walk-forward';
  readonly headline: string;
  /** Of the run, or of the best parameters of a sweep; null where the run is too short for figures. */
  readonly backtest: BacktestReport | null;
  readonly probe: LookAheadProbe | null;
  readonly sweep: SweepReport | null;
  readonly walkForward: WalkForwardPart | null;
  readonly notes: readonly string[];
}
