import { createHash } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { carryOut, type RunOutcome, type RunTask } from '@plimsoll/analytics/runs';
import { strategies } from '@plimsoll/analytics/strategies';
import type { Strategy } from '@plimsoll/analytics/strategy';
import { type Result, refuse } from '@plimsoll/kernel';
import { openSweepPool, type SweepPool } from '../sweeps/sweep-pool.ts';

/** What a thread of the pool is given to do. */
export interface RunThreadTask {
  readonly task: RunTask;
  /** Its first entry is 1 when the run is to stop; shared with whoever asked. */
  readonly stop: Int32Array;
  /** Told of progress. */
  readonly port: MessagePort;
}

/** Threads of this thread, which end with it; started by the first large sweep. */
let sweeps: SweepPool | undefined;

/** Runs in a thread of the pool, which calls it by this name. */
export async function carryOutInThread({
  task,
  stop,
  port,
}: RunThreadTask): Promise<Result<RunOutcome>> {
  const { strategy: ref } = task;
  const all: readonly Strategy[] = strategies;
  const strategy = ref.kind === 'built-in' ? all.find(({ id }) => id === ref.id) : undefined;
  if (strategy === undefined) {
    const named = ref.kind === 'built-in' ? ref.id : ref.file;
    return refuse({ code: 'strategy.unknown', detail: `There is no strategy "${named}" here.` });
  }
  const outcome = await carryOut(task, {
    fresh: async () => strategy,
    onProgress: (progress) => port.postMessage(progress),
    digest: (content) => createHash('sha256').update(content).digest('hex'),
    shouldStop: () => Atomics.load(stop, 0) === 1,
    sweepColumns: (asked) => {
      sweeps ??= openSweepPool();
      return sweeps.sweep(asked);
    },
  });
  port.close();
  return outcome;
}
