import { ok, type Result } from '@plimsoll/kernel';
import type { Digest } from '../learning/feature-definition.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import { judgedBacktest } from './backtest-task.ts';
import type { RunReport } from './run-report.ts';
import type { RunOutcome, RunProgress, RunTask } from './run-task.ts';
import { sweep } from './sweep-task.ts';
import { train } from './training-task.ts';
import { walkForward } from './walk-forward-task.ts';

/** What carrying a task out needs beside it. */
export interface CarryOutOptions {
  /** The strategy of the task, remembering nothing of earlier runs of it. */
  readonly fresh: () => Promise<Strategy>;
  readonly onProgress: (progress: RunProgress) => void;
  /** Asked now and then; the answer is then `run.stopped`. */
  readonly shouldStop: () => boolean;
  /** Names contents, such as by SHA-256; models are not learnt where it is not there. */
  readonly digest?: Digest;
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
      return Promise.resolve(train(task, options));
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
