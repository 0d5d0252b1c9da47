import { availableParallelism } from 'node:os';
import type { Compute } from '@plimsoll/engine';
import { type Fault, refuse } from '@plimsoll/kernel';
import { Piscina } from 'piscina';
import type { ComputeTask } from './compute-thread.ts';

const longestMs = 120_000;
/** A thread that nobody needs gives its memory back. */
const idleTimeoutMs = 60_000;
const mostWaiting = 64;
const name = 'computeInThread';

/** Computes analyses in threads of their own, so that whoever waits for other figures is not held up. */
export interface ComputePool {
  readonly compute: Compute;
  close(): Promise<void>;
}

/** Threads are started when the first analysis is asked for. */
export function openComputePool(): ComputePool {
  let pool: Piscina | undefined;
  return {
    compute: async (id, values) => {
      pool ??= new Piscina({
        filename: new URL('./compute-thread.ts', import.meta.url).href,
        minThreads: 0,
        maxThreads: Math.max(1, Math.min(4, availableParallelism() - 1)),
        maxQueue: mostWaiting,
        idleTimeout: idleTimeoutMs,
        resourceLimits: { maxOldGenerationSizeMb: 2048 },
      });
      const task: ComputeTask = { id, values };
      const signal = AbortSignal.timeout(longestMs);
      try {
        return await pool.run(task, { signal, name });
      } catch (error) {
        return refuse(whyStopped(id, signal, error));
      }
    },
    close: async () => {
      await pool?.destroy();
    },
  };
}

/** A task that was ended from outside; whatever broke in it by itself is thrown on. */
function whyStopped(id: string, signal: AbortSignal, error: unknown): Fault {
  if (signal.aborted) {
    const detail = `${id} was stopped after ${longestMs / 1000} seconds. Give it less to do.`;
    return { code: 'analysis.too-long', detail };
  }
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { code: 'analysis.memory', detail: `${id} needed too much memory. Give it less to do.` };
  }
  if (message === 'Task queue is at limit') {
    const detail = `${mostWaiting} analyses wait already. Try again when some are done.`;
    return { code: 'analysis.busy', detail };
  }
  throw error;
}
