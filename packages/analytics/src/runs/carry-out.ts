import { ok, type Result, refuse } from '@plimsoll/kernel';
import { runBacktest } from '../backtest/run-backtest.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import { probeLookAhead } from './look-ahead-probe.ts';
import type { RunOutcome, RunProgress, RunTask } from './run-task.ts';

/** What carrying a task out needs beside it. */
export interface CarryOutOptions {
  /** The strategy of the task, remembering nothing of earlier runs of it. */
  readonly fresh: () => Promise<Strategy>;
  readonly onProgress: (progress: RunProgress) => void;
  /** Asked now and then; the answer is then `run.stopped`. */
  readonly shouldStop: () => boolean;
}

/** Carries a task out, here and now. */
export function carryOut(task: RunTask, options: CarryOutOptions): Promise<Result<RunOutcome>> {
  switch (task.kind) {
    case 'backtest':
      return backtest(task, options);
    default:
      return Promise.resolve(
        refuse({
          code: 'run.kind',
          detail: `A run of the kind ${task.kind} cannot be carried out.`,
        }),
      );
  }
}

async function backtest(
  task: RunTask & { readonly kind: 'backtest' },
  { fresh, onProgress, shouldStop }: CarryOutOptions,
): Promise<Result<RunOutcome>> {
  const { params, market, settings, tradeFrom } = task;
  const run = runBacktest(await fresh(), params, market, settings, {
    tradeFrom,
    shouldStop,
    onProgress: (done, of) => onProgress({ done, of, doing: 'running' }),
  });
  if (!run.ok) return run;
  onProgress({ done: 0, of: 1, doing: 'looking for decisions that see the future' });
  const input = { fresh, params, market, settings, tradeFrom, result: run.value, shouldStop };
  const probe = await probeLookAhead(input);
  if (!probe.ok) return probe;
  return ok({ result: run.value, report: { probe: probe.value } });
}
