import type { SharedStore } from '@plimsoll/adapters/database';
import type { Engine } from '@plimsoll/engine';
import { engineOf, roleOf } from './engine-methods.ts';
import { type EngineWorkerOptions, startEngineWorker } from './engine-worker.ts';

/** An engine in two threads, and how to end them. */
export interface ThreadedEngine {
  readonly engine: Engine;
  close(graceMs: number): Promise<void>;
}

/** What its starter hears of. */
export interface ThreadedEngineOptions
  extends Pick<EngineWorkerOptions, 'onDeath' | 'onGivenUp' | 'nowMs'> {
  /** A use-case that may have written has ended. */
  readonly onWrite: () => void;
}

/**
 * Runs the use-cases beside the thread that serves, figures apart from records. The threads start at
 * once, while the store may still be opening; where it cannot be opened they end with its refusal.
 */
export async function startThreadedEngine(
  opening: Pick<SharedStore, 'connect'> | Promise<Pick<SharedStore, 'connect'>>,
  options: ThreadedEngineOptions,
): Promise<ThreadedEngine> {
  const connect = async () => (await opening).connect();
  const [figures, records] = await Promise.all([
    startEngineWorker({ ...options, connect, role: 'figures' }),
    startEngineWorker({ ...options, connect, role: 'records' }),
  ]);
  const threads = { figures, records };
  const engine = engineOf(async (method, args) => {
    const run = threads[roleOf[method]].engine[method] as (...all: unknown[]) => Promise<unknown>;
    try {
      return await run(...args);
    } finally {
      if (roleOf[method] === 'records') options.onWrite();
    }
  });
  return {
    engine: {
      ...engine,
      // A workspace that goes and comes again begins its count anew; both threads must forget it.
      removeDemo: async () => {
        await records.engine.removeDemo();
        await figures.engine.removeDemo();
      },
    },
    close: async (graceMs) => {
      await Promise.all([figures.close(graceMs), records.close(graceMs)]);
    },
  };
}
