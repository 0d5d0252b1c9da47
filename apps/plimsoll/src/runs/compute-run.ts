import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { ComputeRun, RunOutcome, RunProgress, RunTask } from '@plimsoll/analytics/runs';
import { type Fault, type Result, refuse } from '@plimsoll/kernel';
import { Piscina } from 'piscina';
import { type OwnLimits, ownLimits } from './own/own-limits.ts';
import { hostOwnStrategy } from './own/own-strategy-host.ts';
import type { RunThreadTask } from './run-thread.ts';
import { shareMarket } from './share-market.ts';

/** A thread that nobody needs gives its memory back. */
const idleTimeoutMs = 60_000;
const mostWaiting = 64;
/** So long a run may take to notice that it is to stop, before its thread is ended. */
const patienceMs = 5_000;

export interface ComputeRunOptions {
  /** Where the user's own strategies are, first to last. */
  readonly folders: readonly string[];
  readonly limits?: OwnLimits;
}

/** Carries out runs away from whoever waits: ours in threads, the user's in processes. */
export interface RunCompute {
  readonly compute: ComputeRun;
  close(): Promise<void>;
}

/** Threads are started when the first run is asked for. */
export function openRunCompute({ folders, limits = ownLimits() }: ComputeRunOptions): RunCompute {
  let pool: Piscina | undefined;
  const openPool = (): Piscina => {
    pool ??= new Piscina({
      filename: new URL('./run-thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: Math.max(1, Math.min(4, availableParallelism() - 1)),
      maxQueue: mostWaiting,
      idleTimeout: idleTimeoutMs,
      resourceLimits: { maxOldGenerationSizeMb: 4096 },
    });
    return pool;
  };
  return {
    compute: (task, options) =>
      task.strategy.kind === 'own'
        ? own(task, task.strategy.file, { ...options, folders, limits })
        : inThread(openPool(), task, options),
    close: async () => {
      await pool?.destroy();
    },
  };
}

interface Watching {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

async function own(
  task: RunTask,
  file: string,
  { folders, limits, signal, onProgress }: Watching & Required<ComputeRunOptions>,
): Promise<Result<RunOutcome>> {
  const folder = folders.find((one) => existsSync(join(one, file)));
  if (folder === undefined) {
    const detail = `There is no file ${file} in ${folders.join(' or ')} any more.`;
    return refuse({ code: 'strategy.unknown', detail });
  }
  const answer = await hostOwnStrategy(
    { folder, file, work: { kind: 'carry-out', task } },
    { limits, signal, onProgress },
  );
  if (!answer.ok) return answer;
  if (answer.value.kind !== 'carried-out') throw new Error('It was to be carried out');
  return { ok: true, value: answer.value.outcome };
}

async function inThread(
  pool: Piscina,
  task: RunTask,
  { signal, onProgress }: Watching,
): Promise<Result<RunOutcome>> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const end = new AbortController();
  let patience: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    Atomics.store(stop, 0, 1);
    patience = setTimeout(() => end.abort(), patienceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  const { port1, port2 } = new MessageChannel();
  port1.on('message', onProgress);
  const work: RunThreadTask = {
    task: { ...task, market: shareMarket(task.market) },
    stop,
    port: port2,
  };
  try {
    const name = 'carryOutInThread';
    return await pool.run(work, { transferList: [port2], signal: end.signal, name });
  } catch (error) {
    return refuse(whyStopped(end.signal, error));
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', onAbort);
    port1.close();
  }
}

/** A run that was ended from outside; whatever broke in it by itself is thrown on. */
function whyStopped(signal: AbortSignal, error: unknown): Fault {
  if (signal.aborted) return { code: 'run.stopped', detail: 'The run was stopped.' };
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return {
      code: 'run.memory',
      detail: 'The run needed too much memory. Give it fewer bars or parameter sets.',
    };
  }
  if (message === 'Task queue is at limit') {
    return {
      code: 'run.busy',
      detail: `${mostWaiting} runs wait already. Try again when some are done.`,
    };
  }
  throw error;
}
