import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Strategy } from '../strategy/define-strategy.ts';
import { judgedBacktest } from './backtest-task.ts';
import type { RunReport } from './run-report.ts';
import type { RunOutcome, RunProgress, RunTask } from './run-task.ts';
import { sweep } from './sweep-task.ts';
import { walkForward } from './walk-forward-task.ts';

/** What carrying a task out needs beside it. */
export interface CarryOutOptions {
  /** The strategy of the task, remembering nothing of earlier runs of it. */
  readonly fresh: () => Promise<Strategy>;
  readonly onProgress: (progress: RunProgress) => void;
  /** Asked now and then; the answer is then `run.stopped`. */
  readonly shouldStop: () => boolean;
}

/** Carries a task out, here and now. The same task gives the same outcome on every machine. */
export function carryOut(task: RunTask, options: CarryOutOptions): Promise<Result<RunOutcome>> {
  switch (task.kind) {
    case 'backtest':
      return backtest(task, options);
    case 'sweep':
      return sweep(task, options);
    case 'walk-forward':
      return walkForward(task, options);
    case 'training':
      return Promise.resolve(
        refuse({ code: 'run.kind', detail: 'A training cannot be carried out as a run yet.' }),
      );
  }
}

async function backtest(task: RunTask, options: CarryOutOptions): Promise<Result<RunOutcome>> {
  const judged = await judgedBacktest(task, task.params, options);
  if (!judged.ok) return judged;
  const { result, probe, report, notes } = judged.value;
  const whole: RunReport = {
    kind: 'backtest',
    headline: report?.headline ?? `${task.title ?? 'The run'} has finished.`,
    backtest: report,
    probe,
    sweep: null,
    walkForward: null,
    notes,
  };
  return ok({ result, report: whole });
}
