import type { Result } from '@plimsoll/kernel';
import type { BacktestMarket } from '../backtest/market.ts';
import type { BacktestSettings } from '../backtest/settings.ts';
import type { ParameterColumns } from '../backtest/vector/parameter-columns.ts';
import type { SweepOptions } from '../backtest/vector/sweep.ts';
import type { SweepColumns } from '../backtest/vector/sweep-columns.ts';
import type { Digest } from '../learning/feature-definition.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import type { RunProgress } from './run-task.ts';

/** Parameter sets of a strategy of the product over a market, all at once. */
export interface SweepAsked {
  readonly strategyId: string;
  readonly sets: ParameterColumns;
  readonly market: BacktestMarket;
  readonly settings: BacktestSettings;
  readonly options: SweepOptions;
}

/** What carrying a task out needs beside it. */
export interface CarryOutOptions {
  /** The strategy of the task, remembering nothing of earlier runs of it. */
  readonly fresh: () => Promise<Strategy>;
  readonly onProgress: (progress: RunProgress) => void;
  /** Asked now and then; the answer is then `run.stopped`. */
  readonly shouldStop: () => boolean;
  /** Names contents, such as by SHA-256; models are not learnt where it is not there. */
  readonly digest?: Digest;
  /** Sweeps over several threads; without it in this one. The figures are the same. */
  readonly sweepColumns?: (asked: SweepAsked) => Promise<Result<SweepColumns>>;
}
