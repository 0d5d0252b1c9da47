import { ok, type Result } from '@plimsoll/kernel';
import { judgedBacktest } from './backtest-task.ts';
import type { CarryOutOptions } from './carry-out-options.ts';
import type { RunReport } from './run-report.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { sweep } from './sweep-task.ts';
import { train } from './training-task.ts';
import { walkForward } from './walk-forward-task.ts';

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
