import { parentPort } from 'node:worker_threads';
import {
  type BacktestMarket,
  type BacktestSettings,
  openSweep,
  type ParameterColumns,
  StrategyError,
  type Sweep,
  type SweepColumns,
  type SweepOptions,
} from '@plimsoll/analytics/backtest';
import { strategies } from '@plimsoll/analytics/strategies';
import type { Strategy } from '@plimsoll/analytics/strategy';
import { ok, type Result, refuse } from '@plimsoll/kernel';

/** A sweep, whole; its columns lie in memory that threads share. */
export interface SweepWork {
  /** Unlike that of any other sweep of the pool. */
  readonly id: number;
  readonly strategyId: string;
  readonly sets: ParameterColumns;
  readonly market: BacktestMarket;
  readonly settings: BacktestSettings;
  readonly options: SweepOptions;
  readonly into: SweepColumns;
}

/** Some sets of a sweep. */
export interface SweepChunk {
  readonly work: SweepWork;
  readonly from: number;
  readonly until: number;
}

/** Rows of indicators stay for the next chunk of the same sweep. */
let current: { readonly id: number; readonly sweep: Sweep } | undefined;

function doChunk({ work, from, until }: SweepChunk): Result<null> {
  if (current?.id !== work.id) {
    const all: readonly Strategy[] = strategies;
    const strategy = all.find(({ id }) => id === work.strategyId);
    if (!strategy) {
      const detail = `There is no strategy "${work.strategyId}" here.`;
      return refuse({ code: 'strategy.unknown', detail });
    }
    const { sets, market, settings, options } = work;
    const opened = openSweep(strategy, sets, market, settings, options);
    if (!opened.ok) return opened;
    current = { id: work.id, sweep: opened.value };
  }
  try {
    current.sweep.run(from, until, work.into);
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    const detail = `${work.strategyId}: ${error.message}: ${error.cause}.`;
    return refuse({ code: 'run.strategy', detail });
  }
  return ok(null);
}

parentPort?.on('message', (chunk: SweepChunk) => parentPort?.postMessage(doChunk(chunk)));
