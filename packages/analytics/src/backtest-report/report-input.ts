import type { Day } from '@plimsoll/kernel';
import type { Estimate } from '../analysis/estimate.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import type { BacktestResult } from '../backtest/result.ts';
import type { BacktestSettings } from '../backtest/settings.ts';
import type { LookAheadProbe } from '../runs/look-ahead-probe.ts';
import type { BenchmarkColumn } from '../runs/run-task.ts';
import type { ToolName } from '../statistics/match/tools.ts';

/** What was tried on these data with this strategy, this run among it. */
export interface Tried {
  /** Distinct sets of parameters. */
  readonly sets: number;
  /** How many independent ones they amount to, ≥ 1. */
  readonly independent: number;
  /** Variance of their Sharpe ratios per period; null where fewer than two are known. */
  readonly variance: number | null;
}

/** The same run at other costs. */
export interface CostRun {
  /** Costs are those of the run times this. */
  readonly factor: number;
  /** Compounded, a year. */
  readonly annualReturn: Estimate;
}

/** A figure of runs with parameters about those of this one. */
export interface Neighbourhood {
  /** `Sharpe ratio`. */
  readonly figure: string;
  /** Title of the parameter across, and its values. */
  readonly across: { readonly title: string; readonly values: readonly (number | string)[] };
  readonly down: { readonly title: string; readonly values: readonly (number | string)[] };
  /** Row by row, `down` × `across`; null where there is none. */
  readonly cells: readonly (readonly (number | null)[])[];
  /** Place of this run, row and column; null where it is not among them. */
  readonly chosen: readonly [number, number] | null;
}

/** Everything that a report rests on. */
export interface ReportInput {
  /** What the user calls the run, or the strategy. */
  readonly title: string;
  readonly strategy: { readonly id: string; readonly title: string };
  readonly params: Readonly<Record<string, unknown>>;
  readonly settings: BacktestSettings;
  readonly market: BacktestMarket;
  readonly result: BacktestResult;
  readonly benchmark: BenchmarkColumn | null;
  /** A year, as a fraction. */
  readonly riskFree: number;
  /** From this day on nothing was looked at while the strategy was made; null where that is not known. */
  readonly unseenFrom: Day | null;
  /** How many earlier runs have shown these days; none where absent. */
  readonly seenBefore?: number;
  /** The parameters were searched for on the days before this one; on all of them where null or absent. */
  readonly chosenBefore?: Day | null;
  /** Figures by another tool's conventions beside ours. */
  readonly match: ToolName | null;
  /** Null where nothing was probed. */
  readonly probe: LookAheadProbe | null;
  readonly tried: Tried | null;
  /** Chance that the best setting in one half of the data is below the middle in the other, 0 to 1. */
  readonly overfitting: { readonly probability: number; readonly splits: number } | null;
  readonly costRuns: readonly CostRun[];
  readonly neighbourhood: Neighbourhood | null;
}
