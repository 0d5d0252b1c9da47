import { ok, type Result } from '@plimsoll/kernel';
import { variance } from '@plimsoll/quant/statistics';
import type { Estimate } from '../analysis/estimate.ts';
import type { BacktestResult } from '../backtest/result.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { type BacktestReport, backtestReport } from '../backtest-report/backtest-report.ts';
import type { CostRun, ReportInput, Tried } from '../backtest-report/report-input.ts';
import cagr from '../metrics/cagr/index.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import { type LookAheadProbe, probeLookAhead } from './look-ahead-probe.ts';
import type { RunTask } from './run-task.ts';
import { costsTimes, performanceOf } from './trial.ts';

/** A backtest with everything that is said about it. */
export interface JudgedBacktest {
  readonly result: BacktestResult;
  readonly probe: LookAheadProbe;
  /** Null where the run is too short for figures; `notes` says so. */
  readonly report: BacktestReport | null;
  readonly notes: readonly string[];
}

/** What a search adds to the report of its best parameters. */
export type SearchFacts = Pick<
  ReportInput,
  'tried' | 'overfitting' | 'neighbourhood' | 'chosenBefore'
>;

/** Of larger markets one run at other costs is enough of the time. */
const manyBars = 250_000;

/** Runs one parameter set, probes it, runs it again at other costs, and reports. */
export async function judgedBacktest(
  task: RunTask,
  params: Readonly<Record<string, unknown>>,
  { fresh, onProgress, shouldStop }: CarryOutOptions,
  facts?: SearchFacts,
): Promise<Result<JudgedBacktest>> {
  const { market, settings, tradeFrom } = task;
  const strategy = await fresh();
  const run = runBacktest(strategy, params, market, settings, {
    tradeFrom,
    shouldStop,
    onProgress: (done, of) => onProgress({ done, of, doing: 'running' }),
  });
  if (!run.ok) return run;
  const result = run.value;
  onProgress({ done: 0, of: 1, doing: 'looking for decisions that see the future' });
  const input = { fresh, params, market, settings, tradeFrom, result, shouldStop };
  const probe = await probeLookAhead(input);
  if (!probe.ok) return probe;
  onProgress({ done: 0, of: 1, doing: 'running at other costs' });
  const costRuns = await atOtherCosts(task, params, { fresh, onProgress, shouldStop });
  if (!costRuns.ok) return costRuns;
  const report = backtestReport({
    title: task.title ?? strategy.title,
    strategy: { id: strategy.id, title: strategy.title },
    params,
    settings,
    market,
    result,
    benchmark: task.benchmark,
    riskFree: 0,
    unseenFrom: task.unseenFrom ?? null,
    seenBefore: task.triedBefore.runs ?? 0,
    match: null,
    probe: probe.value,
    costRuns: costRuns.value,
    ...(facts ?? { tried: triedOf(task, result), overfitting: null, neighbourhood: null }),
  });
  return ok({
    result,
    probe: probe.value,
    report: report.ok ? report.value : null,
    notes: report.ok ? [] : [`There are no figures: ${report.fault.detail}`],
  });
}

/** The sets tried before and this one, each counted as independent of the others. */
function triedOf({ triedBefore }: RunTask, result: BacktestResult): Tried {
  const { sharpe } = new ReturnSample(performanceOf(result));
  const sharpes = [...triedBefore.sharpe, sharpe].filter(Number.isFinite);
  const sets = triedBefore.sharpe.length + 1;
  return {
    sets,
    independent: sets,
    variance: sharpes.length < 2 ? null : variance(Float64Array.from(sharpes)),
  };
}

async function atOtherCosts(
  { market, settings, tradeFrom }: RunTask,
  params: Readonly<Record<string, unknown>>,
  { fresh, shouldStop }: CarryOutOptions,
): Promise<Result<readonly CostRun[]>> {
  const bars = market.instruments.reduce((sum, one) => sum + one.bars.known.length, 0);
  const runs: CostRun[] = [];
  for (const factor of bars > manyBars ? [2] : [0, 0.5, 2, 3]) {
    const dearer = costsTimes(settings, factor);
    const run = runBacktest(await fresh(), params, market, dearer, { tradeFrom, shouldStop });
    if (run.ok) runs.push({ factor, annualReturn: annualReturn(run.value) });
    // Costs that are not allowed have no figure.
    else if (run.fault.code === 'run.stopped') return run;
  }
  return ok(runs);
}

/** By the convention of the report, which it stands beside. */
const annualReturn = (result: BacktestResult): Estimate =>
  cagr.compute(new ReturnSample(performanceOf(result)));
