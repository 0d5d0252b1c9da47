import type { SharedStore } from '@plimsoll/adapters/database';
import type { Engine } from '@plimsoll/engine';
import { engineOf, type Role, roleOf } from './engine-methods.ts';
import { type EngineWorker, type EngineWorkerOptions, startEngineWorker } from './engine-worker.ts';

/** An engine in two threads, and how to end them. */
export interface ThreadedEngine {
  readonly engine: Engine;
  close(graceMs: number): Promise<void>;
}

/** What its starter hears of. */
export interface ThreadedEngineOptions
  extends Pick<EngineWorkerOptions, 'onDeath' | 'onGivenUp' | 'nowMs' | 'dataFolder'> {
  /** A use-case that may have written has ended. */
  readonly onWrite: () => void;
}

/**
 * Runs the use-cases beside the thread that serves, figures apart from records. The two threads start
 * at once, while the store may still be opening; where it cannot be opened they end with its refusal.
 * The one that asks providers of market data starts when it is first needed.
 */
export async function startThreadedEngine(
  opening: Pick<SharedStore, 'connect'> | Promise<Pick<SharedStore, 'connect'>>,
  options: ThreadedEngineOptions,
): Promise<ThreadedEngine> {
  const connect = async () => (await opening).connect();
  // Providers are asked in one thread alone; the others need not even read of them.
  const { dataFolder: _, ...events } = options;
  const [figures, records] = await Promise.all([
    startEngineWorker({ ...events, connect, role: 'figures' }),
    startEngineWorker({ ...events, connect, role: 'records' }),
  ]);
  let market: Promise<EngineWorker> | undefined;
  const threadOf = (role: Role): EngineWorker | Promise<EngineWorker> => {
    if (role === 'figures') return figures;
    if (role === 'records') return records;
    market ??= startEngineWorker({ ...options, connect, role }).catch((error: unknown) => {
      // The next call may find what was missing.
      market = undefined;
      throw error;
    });
    return market;
  };
  const engine = engineOf(async (method, args) => {
    const { engine } = await threadOf(roleOf[method]);
    const run = engine[method] as (...all: unknown[]) => Promise<unknown>;
    try {
      return await run(...args);
    } finally {
      if (roleOf[method] !== 'figures') options.onWrite();
    }
  });
  return {
    engine: {
      ...engine,
      // A workspace that goes and comes again begins its count anew; both threads must forget it.
      removeDemo: async () => {
        await records.engine.removeDemo();
        await figures.engine.removeDemo();
        // Files of its runs are kept by the thread that carries runs out.
        if (options.dataFolder !== undefined) {
          await (await threadOf('market')).engine.removeDemo();
        }
      },
    },
    close: async (graceMs) => {
      const threads = [figures, records, ...(market ? [await market] : [])];
      await Promise.all(threads.map((thread) => thread.close(graceMs)));
    },
  };
}
