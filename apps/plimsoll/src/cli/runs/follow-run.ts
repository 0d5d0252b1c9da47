import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, RunDetailView, RunView } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { CommandRefusal, taken, written } from '../refusals.ts';
import { progressLineOf, progressText } from './progress-line.ts';

const firstLookMs = 15;
const longestLookMs = 500;
const owner = { actor: 'owner' } as const;

/** Waits until a run has ended, telling on a terminal how far it is; Ctrl-C cancels it. */
export async function followRun(
  call: Call,
  engine: Engine,
  { id }: Pick<RunView, 'id'>,
): Promise<RunDetailView> {
  const line = progressLineOf(call);
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', onInterrupt);
  try {
    for (let waitMs = firstLookMs; ; waitMs = Math.min(longestLookMs, waitMs * 1.5)) {
      const run = taken(await engine.run(call.workspace, id));
      if (run.endedAt !== null) return run;
      line.show(run.progress === null ? run.state : progressText(run.progress));
      if (interrupted) {
        written(await engine.cancelRun(call.workspace, id, owner));
        const detail = `The run ${id} was cancelled.`;
        throw new CommandRefusal({ code: 'run.cancelled', detail });
      }
      await pause(waitMs);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
  }
}
