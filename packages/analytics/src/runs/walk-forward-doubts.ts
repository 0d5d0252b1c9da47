import { type Json, ok, type Result } from '@plimsoll/kernel';
import { runBacktest } from '../backtest/run-backtest.ts';
import type { ParameterSet } from '../search/parameter-space.ts';
import { trialMatrix } from '../search/trial-matrix.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import { overfittingOf } from './kept-returns.ts';
import { probeLookAhead } from './look-ahead-probe.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { SearchEnded } from './score-trials.ts';
import { seenMarket } from './seen-market.ts';
import { performanceOf, runTrial, type TrialGround } from './trial.ts';
import { triedElse } from './tried-else.ts';
import type { WalkForwardDoubts } from './walk-forward-trust.ts';

/** Sets, evenly apart, that overfitting is measured on. */
const mostSets = 100;

interface Doubting {
  readonly task: RunTask;
  readonly options: CarryOutOptions;
  readonly whole: TrialGround;
  readonly sets: NonNullable<RunOutcome['tried']>;
}

/**
 * What is asked of the choice: whether the set chosen last sees the future, how much else was tried (the
 * sets of this run chose nothing out of sample, so that it is one try), and overfitting on the days that
 * were not to be unseen.
 */
export async function doubtsOf(
  { task, options, whole, sets }: Doubting,
  chosen: ParameterSet | undefined,
): Promise<Result<WalkForwardDoubts>> {
  const { fresh, shouldStop, onProgress } = options;
  onProgress({ done: 0, of: 1, doing: 'looking for decisions that see the future' });
  const { market, settings, tradeFrom } = task;
  const params = chosen ?? task.params;
  const run = runBacktest(await fresh(), params, market, settings, { tradeFrom, shouldStop });
  if (!run.ok && run.fault.code === 'run.stopped') return run;
  const input = { fresh, params, market, settings, tradeFrom, shouldStop };
  const probe = run.ok ? await probeLookAhead({ ...input, result: run.value }) : null;
  if (probe?.ok === false) return probe;
  const others = triedElse(task, sets.params, options);
  return ok({
    probe: probe?.value ?? null,
    tried: { sets: others.length + 1, independent: others.length + 1, variance: null },
    overfitting: await overfittingOfSets(task, whole, sets),
    unseenFrom: task.unseenFrom ?? null,
    seenBefore: task.triedBefore.runs ?? 0,
  });
}

async function overfittingOfSets(
  task: RunTask,
  whole: TrialGround,
  { params }: Pick<NonNullable<RunOutcome['tried']>, 'params'>,
): Promise<WalkForwardDoubts['overfitting']> {
  const market = seenMarket(task);
  if (!market.ok) return null;
  const every = Math.ceil(params.length / mostSets);
  const series: Float64Array[] = [];
  let perYear = 252;
  for (const set of params.filter((_, i) => i % every === 0)) {
    const run = await runTrial(
      { ...whole, market: market.value },
      set as Readonly<Record<string, Json>>,
    );
    if (!run.ok && run.fault.code === 'run.stopped') throw new SearchEnded(run);
    if (!run.ok) continue;
    const performance = performanceOf(run.value);
    perYear = performance.perYear;
    series.push(performance.returns);
  }
  const matrix = trialMatrix(series);
  const found = matrix.ok ? overfittingOf(matrix.value, { series, perYear }) : null;
  return found && { probability: found.halves.probability, splits: found.halves.splits };
}
